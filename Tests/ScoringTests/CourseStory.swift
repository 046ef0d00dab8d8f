import Events
import Foundation
import Kafka
import Runtime

@testable import Scoring

/// One respondent's forms as a test tells them: screenings by number, everything else the same.
struct CourseStory: Sendable {
    let child: ChildID
    let respondent: RespondentID

    init(child: UInt64 = 1, respondent: UInt64 = 1) {
        self.child = ChildID(UUID(high: 1, low: child, version: 4))
        self.respondent = RespondentID(UUID(high: 2, low: respondent, version: 4))
    }

    static func instrument(
        _ version: Int, rescores: Bool = true, revision: Int = 1, of code: String = CourseInstruments.code
    ) throws -> OutgoingRecord {
        try IntakeStandIn.record(
            CourseInstruments.published(version, rescores: rescores, of: code), revision: revision)
    }

    func screening(_ number: Int) -> ScreeningID { ScreeningID(UUID(high: 3, low: UInt64(number), version: 7)) }

    func form(
        _ number: Int, at ageDays: Int, alcohol: String?, mood: [String?] = ["no", "no", "no"], version: Int = 1,
        revision: Int = 1, on day: String = "2026-09-12T10:00:00Z", of code: String = CourseInstruments.code
    ) throws -> OutgoingRecord {
        let answers =
            [ItemAnswer(item: "a1", value: alcohol.map { .code($0) })]
            + zip(CourseInstruments.moodItems, mood).map { ItemAnswer(item: $0, value: $1.map { .code($0) }) }
        return try record(
            AnswersSubmitted(
                screening: screening(number), visit: VisitID(UUID(high: 4, low: UInt64(number), version: 7)),
                slot: "10m", respondent: respondent, ageDays: ageDays,
                instrument: try CourseInstruments.published(version, of: code).instrument, language: "sv",
                informationVersion: "1", answers: answers), number, revision, on: day)
    }

    /// - Parameter form: the record that it says it takes the place of.
    func retraction(
        _ number: Int, revision: Int, on day: String = "2026-09-13T10:00:00Z", of form: OutgoingRecord? = nil
    ) throws -> OutgoingRecord {
        let id = form?.headers.first { $0.name == "ce_id" }?.value
        return try record(
            AnswersRetracted(screening: screening(number), reason: .wrongChild), number, revision, on: day,
            replaces: id.flatMap { EventID(String(decoding: $0, as: UTF8.self)) })
    }

    private func record<Body: EventBody>(
        _ body: Body, _ number: Int, _ revision: Int, on day: String, replaces: EventID? = nil
    ) throws -> OutgoingRecord where Body.Common == CommonMembers {
        let common = CommonMembers(
            occurredAt: Timestamp(rfc3339: day) ?? CourseHistory.now, region: "23", unit: nil,
            residenceMunicipality: nil, actor: Actor(role: .parent), revision: revision,
            replaces: replaces, restricted: false, synthetic: true, registryVersion: "1")
        return try IntakeStandIn.record(
            Event(common, body), child: child, trigger: UUID(high: UInt64(number), low: UInt64(revision), version: 7))
    }
}
