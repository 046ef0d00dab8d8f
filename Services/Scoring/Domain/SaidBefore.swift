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
    /// The outcome's content; nil for a retraction, empty for what can't be read.
    var digest: [UInt8]?
    /// Whether the outcome was compared with an earlier form's.
    var isCompared: Bool
    /// The event's id, and when it was recorded.
    let event: UUID
    let time: Timestamp
    /// The record of `answers` that led to it; nil where other rules did. Of an outcome that was compared with another
    /// form's it may be that form's.
    var causation: UUID?
    /// The revision of the form that it says something of, or of its retraction; 1, the least, where nothing tells.
    var formRevision: Int

    /// What can't be read may have been compared too.
    var mayBeCompared: Bool { isCompared || digest == [] }

    /// Whether a fact about the form came after what led to this. A form's first revision follows on nothing.
    func isFollowed(by fact: CommonMembers) -> Bool { fact.revision > formRevision }

    /// What is to be done once everything that was in the logs has been applied.
    enum Verdict: Equatable {
        /// The store counts as others do, or has said more since.
        case nothing
        /// The store says the same: it goes on counting from the revision that others know.
        case adopt(revision: Int)
        /// The store says something else: it has to be said above what others know.
        case say(revision: Int)

        /// From which the store goes on counting, if it is another.
        var revision: Int? {
            switch self {
            case .nothing: nil
            case .adopt(let revision), .say(let revision): revision
            }
        }

        var isSaid: Bool {
            if case .say = self { return true }
            return false
        }
    }

    /// - Parameters:
    ///   - standingRevision: how far the rebuilt store has counted.
    ///   - standingDigest: its outcome's content; nil when the form was taken back.
    func verdict(standingRevision: Int, standingDigest: [UInt8]?) -> Verdict {
        if standingRevision > revision { return .nothing }
        guard standingDigest == digest else { return .say(revision: revision + 1) }
        return standingRevision == revision ? .nothing : .adopt(revision: revision)
    }

    /// What led to the last thing said leads to its being put right, and again to the same event. Never that event
    /// itself: the next store to be rebuilt would wait for it among the records that it reads.
    var cause: Cause {
        let trigger = causation.map { Trigger.record($0) } ?? .timer(name: "settled/\(event.text)", due: time)
        return Cause(trigger: trigger, time: time, traceparent: nil)
    }
}
