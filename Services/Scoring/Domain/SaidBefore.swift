internal import Delivery
internal import Events
internal import Foundation
internal import Runtime

/// What a lost or rolled-back store had said last of a screening, as the topic `outcomes` has it.
///
/// Other services hold to the highest revision they know. The rebuilt store comes to the same outcomes, but a version
/// that scored old forms again may have come earlier in its reading than it did then, and so it may count fewer
/// revisions on the way: its next one would be taken for an old one, and be lost on them.
struct SaidBefore: Sendable, Equatable {
    let screening: ScreeningID
    let child: ChildID
    let revision: Int
    /// The outcome's content; nil for a retraction.
    let digest: [UInt8]?
    /// The event's id, and when it was recorded: the trigger of what is said to put it right.
    let event: UUID
    let time: Timestamp

    /// What is to be done once everything that was in the logs has been applied.
    enum Verdict: Equatable {
        /// The store counts as others do, or has said more since.
        case nothing
        /// The store says the same: it goes on counting from the revision that others know.
        case adopt(revision: Int)
        /// The store says something else: it has to be said above what others know.
        case say(revision: Int)
    }

    /// - Parameters:
    ///   - standingRevision: how far the rebuilt store has counted.
    ///   - standingDigest: its outcome's content; nil when the form was taken back.
    func verdict(standingRevision: Int, standingDigest: [UInt8]?) -> Verdict {
        if standingRevision > revision { return .nothing }
        guard standingDigest == digest else { return .say(revision: revision + 1) }
        return standingRevision == revision ? .nothing : .adopt(revision: revision)
    }

    /// The last thing said pulls the trigger: putting it right again says the same event.
    var cause: Cause { Cause(trigger: .record(event), time: time, traceparent: nil) }
}
