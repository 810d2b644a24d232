internal import NIOCore

/// The answers of an engine as bytes: what the decoders read without an engine that says it.
package enum EngineAnswer {
  /// Reads the body of `GET /containers/json`; throws for what is no such list.
  package static func containers(_ body: [UInt8]) throws -> [ContainerRecord] {
    try decodeRecords(ContainerRecord.self, from: ByteBuffer(bytes: body)).records
  }

  /// Whether a line of the answer to `GET /events` says that something changed.
  package static func isChange(_ line: [UInt8]) -> Bool { EngineEventHandler.concernsUs(ByteBuffer(bytes: line)) }

  /// Reads the body of `GET /networks`, or of Podman's own list; throws for what is no such list.
  package static func networks(_ body: [UInt8]) throws -> [NetworkRecord] {
    try decodeRecords(NetworkRecord.self, from: ByteBuffer(bytes: body)).records.map { record in
      var record = record
      record.assumeDockerBridge()
      return record
    }
  }
}
