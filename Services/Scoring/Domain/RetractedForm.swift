internal import Delivery
internal import Events
internal import Foundation

/// What is left of a form that was taken back: enough to go on counting revisions, and to know what came before it.
struct RetractedForm: Sendable, Equatable {
    let screening: ScreeningID
    let child: ChildID
    /// The retraction's, in the sequence that it shares with the form.
    let formRevision: Int
    /// The retraction's in the sequence of outcomes; 0 when there was none to take back.
    let outcomeRevision: Int
    let reason: RetractionReason
    /// The members of the retraction of the form.
    let common: CommonMembers
    /// The record that told of it: whatever is said of the retraction follows from that, also when it is said again.
    let record: UUID
    /// The last event that was said of the outcome; nil when there was none.
    private(set) var lastEvent: EventID?

    /// Why it is said again after a loss.
    var cause: Cause { Cause(trigger: .record(record), time: common.occurredAt, traceparent: nil) }

    /// The retraction of an outcome as an event.
    func saying() throws -> Saying {
        try Saying(
            Event<OutcomeRetracted>(
                common.said(revision: outcomeRevision, replaces: lastEvent),
                OutcomeRetracted(screening: screening, reason: reason, formRevision: formRevision.unlessFirst)),
            child: child)
    }

    /// The same retraction under another revision of the outcome.
    func revised(_ revision: Int) -> RetractedForm {
        RetractedForm(
            screening: screening, child: child, formRevision: formRevision, outcomeRevision: revision, reason: reason,
            common: common, record: record, lastEvent: lastEvent)
    }

    /// The same after an event was said of it.
    func said(as event: EventID) -> RetractedForm {
        var form = self
        form.lastEvent = event
        return form
    }
}

/// What is known of a screening when a form or a retraction comes.
enum Standing: Sendable {
    /// Nothing has come. What is said counts from 1; or from what others hold or may hold of an earlier store's, of
    /// which the last event is known where the topic tells.
    case blank(counted: Int, lastEvent: EventID?)
    case scored(child: ChildID, place: CoursePlace, formRevision: Int, outcomeRevision: Int, lastEvent: EventID?)
    /// With its revision as it was counted, and the floor that the next one lies above.
    case retracted(RetractedForm, floor: Int)

    var outcomeRevision: Int {
        switch self {
        case .blank(let revision, _): revision
        case .scored(_, _, _, let revision, _): revision
        case .retracted(let form, let floor): max(form.outcomeRevision, floor)
        }
    }

    /// The last event that was said of the outcome, if any was.
    var lastEvent: EventID? {
        switch self {
        case .blank(_, let event): event
        case .scored(_, _, _, _, let event): event
        case .retracted(let form, _): form.lastEvent
        }
    }

    /// The highest revision of the form or of its retraction.
    var formRevision: Int {
        switch self {
        case .blank: 0
        case .scored(_, _, let revision, _, _): revision
        case .retracted(let form, _): form.formRevision
        }
    }
}
