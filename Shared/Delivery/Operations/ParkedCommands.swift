internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store

/// What an operator sees of parked records and does with them. A record is never edited, and its value never shown: it
/// is about a family.
struct ParkedCommands: Sendable {
    let store: Store
    let names: TopicNames
    let time: TimeSource
    /// The name of the person at the terminal, for the audit.
    let operatorName: String

    func list() async throws -> CommandResult {
        let lines = try await store.read { try ParkedList.lines(in: $0) }
        return CommandResult(lines: lines.isEmpty ? ["nothing is parked"] : lines)
    }

    func show(_ seq: Int64) async throws -> CommandResult {
        let parked = try await store.read { [names] in try ParkedRecords.find(seq, names: names, in: $0) }
        guard let parked else { return .noSuchRecord }
        let headers = parked.record.headers.map { header in
            "  \(header.name): \(header.value.map { String(decoding: $0, as: UTF8.self) } ?? "null")"
        }
        let bytes = parked.record.value?.count ?? 0
        return CommandResult(
            lines: [
                "\(parked.topic.rawValue)/\(parked.record.topicPartition.partition)@\(parked.record.offset)",
                "state \(parked.state.rawValue), reason \(parked.reason), \(bytes) bytes",
            ] + headers)
    }

    /// Makes the record ready. Only the first of a key can go; the others follow it.
    /// - Returns: nil when it is ready, else what to tell the operator.
    func makeReady(_ seq: Int64) async throws -> CommandResult? {
        let entry = auditEntry("parked.redriven", seq, reason: "")
        let names = self.names
        return try await store.write { transaction in
            guard let parked = try ParkedRecords.find(seq, names: names, in: transaction) else { return .noSuchRecord }
            guard parked.state != .behind else {
                return CommandResult(
                    lines: ["\(seq) waits behind an earlier record of its key: redrive that"], exitCode: 65)
            }
            try ParkedRecords.set(seq, state: .ready, reason: parked.reason, awaiting: nil, in: transaction)
            try transaction.execute("DELETE FROM death WHERE topic = 'parked' AND offset = ?", .integer(seq))
            try AuditTrail.append(entry, in: transaction)
            return nil
        }
    }

    /// What became of a redriven record: gone means applied.
    func outcome(of seq: Int64) async throws -> CommandResult? {
        let parked = try await store.read { [names] in try ParkedRecords.find(seq, names: names, in: $0) }
        guard let parked else { return CommandResult(lines: ["\(seq) applied"]) }
        if parked.state == .ready { return nil }
        return CommandResult(lines: ["\(seq) parked again: \(parked.state.rawValue), \(parked.reason)"], exitCode: 65)
    }

    func discard(_ seq: Int64, reason: String) async throws -> CommandResult {
        let entry = auditEntry("parked.discarded", seq, reason: reason)
        let names = self.names
        let now = time.now()
        return try await store.write { transaction in
            guard let parked = try ParkedRecords.find(seq, names: names, in: transaction) else { return .noSuchRecord }
            try ParkedRecords.discard(parked, now: now, in: transaction)
            try AuditTrail.append(entry, in: transaction)
            return CommandResult(lines: ["\(seq) discarded"])
        }
    }

    private func auditEntry(_ action: String, _ seq: Int64, reason: String) -> AuditEntry {
        AuditEntry(
            at: time.now(), caller: operatorName, role: "ops", action: action, subject: "parked/\(seq)", reason: reason)
    }
}

extension CommandResult {
    static let noSuchRecord = CommandResult(lines: ["no such parked record"], exitCode: 65)
}
