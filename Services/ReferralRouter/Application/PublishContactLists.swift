internal import Cryptography
internal import Delivery
internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// Publishes the contact lists and recipients of the file: each content once, a new content as the next revision.
struct PublishContactLists: Sendable {
    let file: ContactListsFile
    let region: String

    /// What is no longer in the file is not unsaid; offers that name it are held.
    func publish(to outbox: Outbox, because cause: Cause, now: Timestamp, in transaction: Transaction) throws {
        let turn = Turn(
            outbox: outbox, cause: cause, now: now, region: region, isSynthetic: file.isSynthetic,
            transaction: transaction)
        for list in file.lists { try turn.say(list) }
        for recipient in file.recipients { try turn.say(recipient) }
    }

    private struct Turn {
        let outbox: Outbox
        let cause: Cause
        let now: Timestamp
        let region: String
        let isSynthetic: Bool
        let transaction: Transaction

        func say<Body: ReferenceBody>(_ body: Body) throws {
            let sha256 = try PublishContactLists.contentHash(body)
            let before = try PublishedTable.find(Body.type, body.subject, in: transaction)
            guard before?.sha256 != sha256 else { return }
            let revision = (before?.revision ?? 0) + 1
            let event = Event(
                ReferenceMembers(occurredAt: now, region: region, revision: revision, synthetic: isSynthetic), body)
            try outbox.say(Saying(event), because: cause, now: now, in: transaction)
            try PublishedTable.write(
                PublishedTable.Entry(type: Body.type, subject: body.subject, sha256: sha256, revision: revision),
                in: transaction)
        }
    }

    /// What makes two contents of an object the same.
    static func contentHash(_ body: some ReferenceBody) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return SHA256.hash(Array(try encoder.encode(body))).hexText
    }
}
