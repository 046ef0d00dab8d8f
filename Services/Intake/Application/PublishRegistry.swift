internal import Cryptography
internal import Delivery
internal import Documents
internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// Publishes the reference data of the files: each content once, a new content of the same object as its next revision.
///
/// Two changes are refused, since readers have acted upon what was said: another content under the version of an
/// instrument, and a unit that is no longer in the file (one that closes keeps its entry, with `endedAt`). So is a
/// version that scores one again that nobody knows, which could never be corrected.
struct PublishRegistry: Sendable {
    let registry: Registry
    let region: String

    /// - Throws: `FileFaults` with everything that is refused; nothing has been published then.
    func publish(
        to outbox: Outbox, because cause: Cause, now: Timestamp, in transaction: Transaction
    ) throws {
        var faults = FileFaults()
        let known = Set(registry.units.map(\.unit.unit))
        for subject in try PublishedTable.subjects(of: .unitChanged, in: transaction) where !known.contains(subject) {
            faults.add(
                registry.file, at: "#/units", "unit \(subject) was published and is missing: keep it, with endedAt")
        }
        let turn = Turn(outbox: outbox, cause: cause, now: now, region: region, transaction: transaction)
        for unit in registry.units { _ = try turn.say(unit.unit, synthetic: unit.isSynthetic) }
        _ = try turn.say(registry.slots, synthetic: registry.slotsAreSynthetic)
        let published = try PublishedTable.subjects(of: .instrumentPublished, in: transaction)
        for fault in RescoringCheck.faults(of: registry.instruments.map(\.published), published: Set(published)) {
            faults.add(registry.instruments[fault.index].file, at: "#/rescores/version", fault.rule)
        }
        for instrument in registry.instruments {
            let said = try turn.say(instrument.published, synthetic: instrument.isSynthetic, mayChange: false)
            if !said {
                let reference = instrument.reference
                faults.add(
                    instrument.file, at: "#/version",
                    "version \(reference.version) was published with another content: give the change a new version")
            }
        }
        try faults.end()
    }

    private struct Turn {
        let outbox: Outbox
        let cause: Cause
        let now: Timestamp
        let region: String
        let transaction: Transaction

        /// - Returns: false when the object must not change and did.
        func say<Body: ReferenceBody>(_ body: Body, synthetic: Bool, mayChange: Bool = true) throws -> Bool {
            let sha256 = try PublishRegistry.contentHash(body)
            let object = PublishRegistry.object(of: body)
            let before = try PublishedTable.find(object, Body.type, in: transaction)
            if before?.sha256 == sha256 { return true }
            guard mayChange || before == nil else { return false }
            let revision = (before?.revision ?? 0) + 1
            let event = Event(
                ReferenceMembers(
                    occurredAt: now, region: region, revision: revision, replaces: before.map { EventID($0.event) },
                    synthetic: synthetic), body)
            let id = try outbox.say(Saying(event), because: cause, now: now, in: transaction)
            try PublishedTable.write(
                PublishedTable.Entry(
                    subject: object, type: Body.type, sha256: sha256, revision: revision, event: id),
                in: transaction)
            return true
        }
    }

    /// What a content is one of. An instrument's subject names its content too; what must not change is its version.
    static func object(of body: some ReferenceBody) -> String {
        guard let instrument = (body as? InstrumentPublished)?.instrument else { return body.subject }
        return instrument.name
    }

    /// What makes two contents of an object the same.
    static func contentHash(_ body: some ReferenceBody) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return SHA256.hash(Array(try encoder.encode(body)))
    }
}
