internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store

/// Carries out what an operator decided after the log check refused. Each is one transaction, audited, and raises the
/// store's epoch where another process could still hold the old one.
struct Recovering: Sendable {
    let service: ServiceName
    let names: TopicNames
    let time: TimeSource
    let operatorName: String

    /// The log of another cluster is read from its beginning, and everything of ours is published there.
    func adoptCluster(in transaction: Transaction) throws -> CommandResult {
        try changeIdentity(in: transaction) { identity in
            identity.cluster = nil
            identity.epoch += 1
            identity.acceptsLateLog = true
        }
        try transaction.execute("DELETE FROM next_offset")
        try transaction.execute("DELETE FROM death WHERE topic <> 'parked'")
        try transaction.execute("UPDATE watermark SET published = 0, stopped = NULL")
        try audit("recover.adopt-cluster", "", in: transaction)
        return CommandResult(lines: [
            "the next start adopts the cluster, reads from the beginning and publishes the journal"
        ])
    }

    /// A topic that was made anew is read from its beginning; what was applied before is recognised.
    func reread(_ topic: String, in transaction: Transaction) throws -> CommandResult {
        let name = Topic(rawValue: topic).map(names.name(of:)) ?? topic
        let forgotten = try transaction.execute("DELETE FROM next_offset WHERE topic = ?", .text(name))
        guard forgotten > 0 else { return CommandResult(lines: ["this store has not read \(topic)"], exitCode: 65) }
        let known = Topic(rawValue: topic) ?? Topic.allCases.first { names.name(of: $0) == topic }
        try transaction.execute("DELETE FROM death WHERE topic = ?", .text(known?.rawValue ?? topic))
        // Our mark at the broker still tells of the old log: under a new epoch it isn't taken for a memory of this one.
        try changeIdentity(in: transaction) { identity in
            identity.epoch += 1
            identity.acceptsLateLog = true
        }
        try audit("recover.reread", topic, in: transaction)
        return CommandResult(lines: ["the next start reads \(topic) from the beginning"])
    }

    /// The journal of a topic goes on the broker again.
    func republish(_ topic: String, in transaction: Transaction) throws -> CommandResult {
        let known = Topic(rawValue: topic) ?? Topic.allCases.first { names.name(of: $0) == topic }
        guard let known, Catalogue.contract(for: known).writer == service else {
            return CommandResult(lines: ["\(topic) is not written by this service"], exitCode: 65)
        }
        try transaction.execute(
            """
            INSERT INTO watermark (topic, published) VALUES (?, 0)
            ON CONFLICT DO UPDATE SET published = 0, stopped = NULL
            """, .text(known.rawValue))
        let rows = try transaction.count("SELECT count(*) FROM outbox WHERE topic = ?", .text(known.rawValue))
        try audit("recover.republish", topic, in: transaction)
        return CommandResult(lines: ["\(rows) events of \(topic) are published again"])
    }

    /// Fences whoever else reads as this service: our epoch is above every one that the broker has seen.
    func takeOver(highestSeen: Int, in transaction: Transaction) throws -> StoreIdentity {
        let identity = try changeIdentity(in: transaction) { identity in
            identity.epoch = max(identity.epoch, highestSeen) + 1
            identity.acceptsLateLog = true
        }
        // The mark that the command leaves is ours: the next start needn't watch for its process.
        try identity.rememberBoot(in: transaction)
        try audit("recover.take-over", "", in: transaction)
        return identity
    }

    /// After everything of ours was taken back, the restored store is the service's store.
    func acceptRollback(takenBack: Int, in transaction: Transaction) throws -> CommandResult {
        try changeIdentity(in: transaction) { identity in
            identity.restored = false
            identity.epoch += 1
        }
        try audit("recover.rolled-back", "", in: transaction)
        return CommandResult(lines: ["took back \(takenBack) events of its own; the next start reads on"])
    }

    @discardableResult
    private func changeIdentity(
        in transaction: Transaction, _ change: (inout StoreIdentity) -> Void
    ) throws -> StoreIdentity {
        guard var identity = try StoreIdentity.read(in: transaction) else {
            throw StoreFailure(.fatal, reason: "the store has no identity", hint: "restore the last backup")
        }
        change(&identity)
        try identity.save(in: transaction)
        return identity
    }

    private func audit(_ action: String, _ subject: String, in transaction: Transaction) throws {
        try AuditTrail.append(
            AuditEntry(at: time.now(), caller: operatorName, role: "ops", action: action, subject: subject),
            in: transaction)
    }
}
