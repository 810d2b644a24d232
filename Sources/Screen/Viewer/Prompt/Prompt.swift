internal import Canvas
internal import Keys
internal import Labels
internal import Topology

/// A line for what has no key, or whose key one does not know: `:theme light`.
struct Prompt: Layer {
  private(set) var text = ""
  /// Why the line could not be obeyed; nil: it was not tried yet.
  private(set) var problem: String?

  init(_ text: String = "", problem: String? = nil) {
    self.text = text
    self.problem = problem
  }

  var context: Context? { .prompt }

  func type(_ key: Key, in state: inout State) -> [Effect]? {
    switch TypedLine.edit(key, text) {
    case .add(let scalar): _ = paste(String(scalar), in: &state)
    case .cut(let rest): state.stack[Prompt.self] = Prompt(rest)
    case .keep: return state.obey(text)
    case .close: return state.back()
    case .next: state.stack[Prompt.self] = Prompt(Phrase.completed(text))
    case .previous: state.stack[Prompt.self] = Prompt(state.lastPhrase)
    case .nothing: break
    }
    return []
  }

  func paste(_ more: String, in state: inout State) -> Bool {
    if let line = state.append(more, to: text) { state.stack[Prompt.self] = Prompt(line) }
    return true
  }

  /// What could stand here next, or what the line would do.
  func hint(_ keys: KeyTable) -> String {
    let choices = Phrase.choices(text)
    if choices.count == 1, let phrase = Phrase.all.first(where: { $0.word == choices[0] }) {
      return ([phrase.word, phrase.form].filter { !$0.isEmpty } + [" \(phrase.summary(keys))"]).joined(separator: " ")
    }
    return choices.joined(separator: " ")
  }
}

extension State {
  /// Does what a typed line says. One that can't be obeyed stays, with a word about why.
  fileprivate mutating func obey(_ line: String) -> [Effect] {
    let (word, argument) = Phrase.parts(line)
    if word.isEmpty { return back() }
    lastPhrase = line
    // What it opens comes in the line's place.
    var effects = closeAll { $0 is Prompt }
    do throws(Refusal) {
      let phrase = try Phrase.named(word)
      if phrase.form.isEmpty, !argument.isEmpty { throw Refusal(Say.PromptLine.standsAlone(phrase.word)) }
      effects += try phrase.act(argument, &self)
    } catch {
      open(Prompt(line, problem: error.text))
    }
    return effects
  }
}

/// Why a typed line can't be obeyed, in one line.
struct Refusal: Error {
  let text: String

  init(_ text: String) { self.text = text }
}
