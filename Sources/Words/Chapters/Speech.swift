// Who imports this catalogue writes `Say.TOPIC.text`: the member is this room's, and `Say` is Speech's. Handed on from here,
// it needs no second import in each of the files that say something.
@_exported public import Speech
