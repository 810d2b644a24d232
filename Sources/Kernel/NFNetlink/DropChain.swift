public import Netlink

/// A table `filter` with one base chain whose policy is drop.
public enum DropChain {
  /// The batch that makes it. The chain bears its hook's name, and counts what it drops.
  public static func batch(at hook: NFHook, _ family: NFFamily) -> [MessageBuilder] {
    NFTables.batch([
      NFTables.newTable("filter", family),
      NFTables.newChain("\(hook)", of: "filter", family, at: hook, priority: 0, drops: true),
    ])
  }
}
