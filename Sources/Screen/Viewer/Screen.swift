internal import Canvas
internal import Listing
internal import Topology

/// The regions of the screen at a size.
struct Screen {
  let title: Rect
  let banner: Rect
  let body: Rect
  /// Beside the body where there is room, else over it; empty while it is closed.
  let pane: Rect
  let isPaneBeside: Bool
  let ping: Rect
  let footer: Rect
  /// What decides how much is drawn of each band. Below the diagram stands what is selected, and what its marks mean.
  let zoomViewport: Size
  /// The rows of it that a ping will take: a picture that gives nothing up for them leaves them free, so that the ping does
  /// not change it.
  let pingReserve: Int

  /// The columns of a pane beside the body, its rule included: wider where the diagram has no use for them.
  static func paneWidth(_ width: Int) -> Int { width >= 190 ? 64 : width >= 160 ? 52 : 37 }
  /// The columns of a screen with room for one.
  static let leastWidthBeside = 100

  init(_ size: Size, bannerRows: Int, isPaneOpen: Bool, hasPing: Bool) {
    let (width, height) = (size.width, size.height)
    title = Rect(x: 0, y: 0, width: width, height: min(1, height))
    banner = Rect(x: 0, y: 1, width: width, height: height > 16 ? bannerRows : 0)
    footer = Rect(x: 0, y: height - 1, width: width, height: height > 1 ? 1 : 0)
    let top = 1 + banner.size.height
    let pingHeight = hasPing ? (height >= 20 ? 6 : 4) : 0
    let bodyHeight = max(0, height - top - 1 - pingHeight)
    ping = Rect(x: 0, y: top + bodyHeight, width: width, height: height > 8 ? pingHeight : 0)
    isPaneBeside = isPaneOpen && width >= Screen.leastWidthBeside
    let room = max(0, height - top - 1 - ping.size.height)
    let bodyWidth = isPaneBeside ? width - Screen.paneWidth(width) : width
    body = Rect(x: 0, y: top, width: bodyWidth, height: room)
    if !isPaneOpen {
      pane = Rect(x: 0, y: 0, width: 0, height: 0)
    } else if isPaneBeside {
      pane = Rect(x: bodyWidth, y: top, width: Screen.paneWidth(width), height: room)
    } else {
      pane = Rect(x: 0, y: top, width: width, height: room)
    }
    zoomViewport = Size(width: bodyWidth, height: max(0, room - 1))
    pingReserve = hasPing ? 0 : height >= 20 ? 6 : 4
  }
}

extension State {
  var screen: Screen {
    Screen(size, bannerRows: banner.isEmpty ? 0 : 1, isPaneOpen: isPaneShown, hasPing: ping != nil)
  }

  /// The line under the title bar: what is missing.
  var banner: String { snapshot.warnings.first { $0.source == "permissions" }?.text ?? "" }
}
