/// The attributes of nf_tables, by what they stand in (linux/netfilter/nf_tables.h).
enum NFAttribute {
  /// `NFTA_TABLE_*`.
  enum Table {
    /// `NFTA_TABLE_NAME`: a string.
    static let name: UInt16 = 1
    /// `NFTA_TABLE_FLAGS`: `NFT_TABLE_F_*`, 32 bits.
    static let flags: UInt16 = 2
  }

  /// `NFTA_CHAIN_*`.
  enum Chain {
    /// `NFTA_CHAIN_TABLE`: the name of its table.
    static let table: UInt16 = 1
    /// `NFTA_CHAIN_NAME`: a string.
    static let name: UInt16 = 3
    /// `NFTA_CHAIN_HOOK`: `Hook`, nested.
    static let hook: UInt16 = 4
    /// `NFTA_CHAIN_POLICY`: `NF_DROP` or `NF_ACCEPT`, 32 bits.
    static let policy: UInt16 = 5
    /// `NFTA_CHAIN_TYPE`: a string, such as `filter`.
    static let type: UInt16 = 7
    /// `NFTA_CHAIN_COUNTERS`: `Counter`, nested.
    static let counters: UInt16 = 8
  }

  /// `NFTA_HOOK_*`.
  enum Hook {
    /// `NFTA_HOOK_HOOKNUM`: 32 bits.
    static let number: UInt16 = 1
    /// `NFTA_HOOK_PRIORITY`: signed, 32 bits.
    static let priority: UInt16 = 2
  }

  /// `NFTA_COUNTER_*`.
  enum Counter {
    /// `NFTA_COUNTER_BYTES`: 64 bits.
    static let bytes: UInt16 = 1
    /// `NFTA_COUNTER_PACKETS`: 64 bits.
    static let packets: UInt16 = 2
  }

  /// `NFTA_RULE_*`.
  enum Rule {
    /// `NFTA_RULE_TABLE`: the name of its table.
    static let table: UInt16 = 1
    /// `NFTA_RULE_CHAIN`: the name of its chain.
    static let chain: UInt16 = 2
    /// `NFTA_RULE_EXPRESSIONS`: a list, of `element` each.
    static let expressions: UInt16 = 4
    /// `NFTA_LIST_ELEM`: `Expression`, nested.
    static let element: UInt16 = 1
  }

  /// `NFTA_EXPR_*`.
  enum Expression {
    /// `NFTA_EXPR_NAME`: a string.
    static let name: UInt16 = 1
    /// `NFTA_EXPR_DATA`: what the expression of that name holds, nested.
    static let data: UInt16 = 2
  }

  /// `NFTA_META_*`.
  enum Meta {
    /// `NFTA_META_DREG`: the register that the value goes to.
    static let destination: UInt16 = 1
    /// `NFTA_META_KEY`: `NFT_META_*`, 32 bits.
    static let key: UInt16 = 2
    /// `NFTA_META_SREG`: the register that the value comes from.
    static let source: UInt16 = 3
  }

  /// `NFTA_PAYLOAD_*`.
  enum Payload {
    /// `NFTA_PAYLOAD_DREG`: the register that the bytes go to.
    static let destination: UInt16 = 1
    /// `NFTA_PAYLOAD_BASE`: which header, 32 bits.
    static let base: UInt16 = 2
    /// `NFTA_PAYLOAD_OFFSET`: bytes from that header's begin, 32 bits.
    static let offset: UInt16 = 3
    /// `NFTA_PAYLOAD_LEN`: bytes, 32 bits.
    static let length: UInt16 = 4
  }

  /// `NFTA_CMP_*`.
  enum Compare {
    /// `NFTA_CMP_SREG`: the register with what is compared.
    static let source: UInt16 = 1
    /// `NFTA_CMP_OP`: `NFT_CMP_*`, 32 bits.
    static let operation: UInt16 = 2
    /// `NFTA_CMP_DATA`: `Data`, nested.
    static let data: UInt16 = 3
  }

  /// `NFTA_IMMEDIATE_*`.
  enum Immediate {
    /// `NFTA_IMMEDIATE_DREG`: the register that the value goes to.
    static let destination: UInt16 = 1
    /// `NFTA_IMMEDIATE_DATA`: `Data`, nested.
    static let data: UInt16 = 2
  }

  /// `NFTA_DATA_*`.
  enum Data {
    /// `NFTA_DATA_VALUE`: bytes.
    static let value: UInt16 = 1
  }

  /// `NFTA_TRACE_*`.
  enum Trace {
    /// `NFTA_TRACE_TABLE`: a string.
    static let table: UInt16 = 1
    /// `NFTA_TRACE_CHAIN`: a string.
    static let chain: UInt16 = 2
    /// `NFTA_TRACE_RULE_HANDLE`: 64 bits.
    static let handle: UInt16 = 3
    /// `NFTA_TRACE_TYPE`: `NFT_TRACETYPE_*`, 32 bits.
    static let type: UInt16 = 4
    /// `NFTA_TRACE_VERDICT`: `Verdict`, nested.
    static let verdict: UInt16 = 5
    /// `NFTA_TRACE_ID`: 32 bits.
    static let packet: UInt16 = 6
    /// `NFTA_TRACE_TRANSPORT_HEADER`: bytes.
    static let transportHeader: UInt16 = 9
    /// `NFTA_TRACE_POLICY`: 32 bits.
    static let policy: UInt16 = 16
  }

  /// `NFTA_VERDICT_*`.
  enum Verdict {
    /// `NFTA_VERDICT_CODE`: signed, 32 bits.
    static let code: UInt16 = 1
    /// `NFTA_VERDICT_CHAIN`: a string.
    static let chain: UInt16 = 2
  }
}

/// `NFT_MSG_*`: what a message of nf_tables says.
enum NFMessage {
  /// `NFT_MSG_NEWTABLE`.
  static let newTable: UInt16 = 0
  /// `NFT_MSG_NEWCHAIN`.
  static let newChain: UInt16 = 3
  /// `NFT_MSG_NEWRULE`.
  static let newRule: UInt16 = 6
  /// `NFT_MSG_TRACE`.
  static let trace: UInt16 = 17
  /// `NFNL_MSG_BATCH_BEGIN` (linux/netfilter/nfnetlink.h).
  static let batchBegin: UInt16 = 0x10
  /// `NFNL_MSG_BATCH_END` (linux/netfilter/nfnetlink.h).
  static let batchEnd: UInt16 = 0x11
}

/// `NFT_META_*`: what is known of a packet besides its bytes.
enum NFMeta: UInt32 {
  /// `NFT_META_PROTOCOL`: `ETH_P_*`, in network order.
  case etherType = 1
  /// `NFT_META_NFTRACE`: whether the packet is traced.
  case trace = 12
  /// `NFT_META_NFPROTO`: `NFPROTO_*`.
  case family = 15
  /// `NFT_META_L4PROTO`: `IPPROTO_*`.
  case transport = 16
}
