internal import Delivery
internal import Events
internal import Store

/// Keeps what other services said that a nurse needs: outcomes, recipients and contact lists, the course of referrals.
///
/// Everything is kept by its own key and highest revision, so that any interleaving of the topics leads to the same
/// state.
struct KnowCourse: RecordHandler {
    enum Input: Sendable {
        case outcome(Event<OutcomeScored>, bytes: [UInt8])
        case outcomeRetracted(Event<OutcomeRetracted>)
        case recipient(RecipientChanged, bytes: [UInt8])
        case contactList(ContactListPublished, bytes: [UInt8])
        case requested(ReferralRequested)
        case changed(ReferralChanged, revision: Int)
        case held(ReferralHeld)
    }

    func decode(_ event: ReceivedEvent) throws -> Input? {
        switch event.envelope.eventType {
        case .outcomeScored: .outcome(try event.decoded(), bytes: event.value)
        case .outcomeRetracted: .outcomeRetracted(try event.decoded())
        case .recipientChanged: .recipient(try event.decoded(as: RecipientChanged.self).body, bytes: event.value)
        case .contactListPublished:
            .contactList(try event.decoded(as: ContactListPublished.self).body, bytes: event.value)
        case .referralRequested: .requested(try event.decoded(as: ReferralRequested.self).body)
        case .referralChanged:
            .changed(try event.decoded(as: ReferralChanged.self).body, revision: event.envelope.revision)
        case .referralHeld: .held(try event.decoded(as: ReferralHeld.self).body)
        default: nil
        }
    }

    /// What arrives is kept, whatever was known.
    func read(for input: Input, of event: ReceivedEvent, from store: ReadScope) throws {}

    func decide(_ input: Input, of event: ReceivedEvent, knowing known: ()) throws -> Decision<Input> {
        .done(changes: [input])
    }

    func apply(_ change: Input, of event: ReceivedEvent, in transaction: Transaction) throws {
        switch change {
        case .outcome(let scored, let bytes):
            try CourseTables.keep(scored, bytes: bytes, of: try child(event), in: transaction)
        case .outcomeRetracted(let retracted):
            try CourseTables.keep(retracted, of: try child(event), in: transaction)
        case .recipient(let recipient, let bytes): try CourseTables.keep(recipient, bytes: bytes, in: transaction)
        case .contactList(let list, let bytes): try CourseTables.keep(list, bytes: bytes, in: transaction)
        case .requested(let referral): try CourseTables.keep(referral, of: try child(event), in: transaction)
        case .changed(let referral, let revision):
            try CourseTables.keep(referral, revision: revision, of: try child(event), in: transaction)
        case .held(let held): try CourseTables.keep(held, of: try child(event), in: transaction)
        }
    }

    private func child(_ event: ReceivedEvent) throws -> ChildID {
        guard let child = event.child else { throw EventFault(member: "key", kind: .notAllowed) }
        return child
    }
}
