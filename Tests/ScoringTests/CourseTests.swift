import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Delivery
@testable import Scoring

/// The course of one respondent, step by step.
@Suite("A course over the visits")
struct CourseTests {
    @Test("compares each form with the one before it in age, in whichever order they come")
    func changes() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        try await bench.apply([
            CourseStory.instrument(1), story.form(3, at: 300, alcohol: "no"), story.form(1, at: 60, alcohol: "no"),
            story.form(2, at: 120, alcohol: "yes"), story.form(4, at: 540, alcohol: nil),
            story.form(5, at: 700, alcohol: "no"),
        ])
        let changes = try await bench.contents().mapValues { $0.content.factors[0].change }
        #expect(changes[story.screening(1)] == .first)
        #expect(changes[story.screening(2)] == .new)
        #expect(changes[story.screening(3)] == .gone)
        #expect(changes[story.screening(4)] == .notComparable, "unknown now")
        #expect(changes[story.screening(5)] == .notComparable, "unknown before")
        // The third was said as the first, then since the first form, then since the second.
        let third = try await bench.said(of: story.screening(3))
        #expect(try third.map { try $0.outcome().factors[0].change } == [.first, .persisting, .gone])
        #expect(try third.map { try $0.outcome().cause } == [.answered, .course, .course])
    }

    @Test("says the later form again when an amendment moves the one before it away, each once")
    func moved() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        try await bench.apply([
            CourseStory.instrument(1), story.form(1, at: 60, alcohol: "yes"), story.form(2, at: 120, alcohol: "yes"),
            story.form(3, at: 300, alcohol: "no"),
        ])
        let before = try await bench.said().count
        // It was the third's predecessor nowhere: the second loses it and becomes the first, the third gets it.
        try await bench.apply([story.form(1, at: 200, alcohol: "no", revision: 2)])
        let said = try await bench.said()[before...]
        #expect(said.map(\.screening) == [1, 3, 2].map { story.screening($0).text })
        let changes = try said.map { try $0.outcome().factors[0].change }
        #expect(changes == [.gone, .persisting, .first])
        #expect(try said.map { try $0.outcome().cause } == [.amended, .course, .course])
    }

    @Test("compares with the last form of the same questionnaire, whatever another one asked in between")
    func questionnaires() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        let other = CourseInstruments.otherCode
        try await bench.apply([
            CourseStory.instrument(1), CourseStory.instrument(1, of: other), story.form(1, at: 60, alcohol: "no"),
            story.form(2, at: 120, alcohol: "no", of: other), story.form(3, at: 300, alcohol: "yes"),
            story.form(4, at: 540, alcohol: "yes", of: other),
        ])
        var changes = try await bench.contents().mapValues { $0.content.factors[0].change }
        #expect((1...4).map { changes[story.screening($0)] } == [.first, .first, .new, .new])
        // Amended under the other questionnaire it leaves its course and comes into the other's.
        try await bench.apply([story.form(3, at: 300, alcohol: "yes", revision: 2, of: other)])
        changes = try await bench.contents().mapValues { $0.content.factors[0].change }
        #expect((1...4).map { changes[story.screening($0)] } == [.first, .first, .new, .persisting])
        #expect(try await ReplayTests.replay(bench.store).exitCode == 0)
    }

    @Test("never mixes respondents: neither the parents of a child nor a parent of two")
    func apart() async throws {
        let bench = try await CourseBench()
        let stories = [CourseStory(), CourseStory(respondent: 2), CourseStory(child: 2, respondent: 3)]
        try await bench.apply([CourseStory.instrument(1)])
        for (number, story) in stories.enumerated() {
            try await bench.apply([
                story.form(number * 10 + 1, at: 60 + number, alcohol: "yes"),
                story.form(number * 10 + 2, at: 300 - number, alcohol: "no"),
            ])
        }
        let contents = try await bench.contents()
        for (number, story) in stories.enumerated() {
            let changes = [1, 2].map { contents[story.screening(number * 10 + $0)]?.content.factors[0].change }
            #expect(changes == [.first, .gone])
        }
        #expect(try await bench.said().count == 6, "nobody's outcome was said again")
    }

    @Test("takes an outcome back once, compares the later form anew, and goes on counting when the form comes again")
    func retraction() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        try await bench.apply([
            CourseStory.instrument(1), story.form(1, at: 60, alcohol: "no"), story.form(2, at: 120, alcohol: "yes"),
            story.form(3, at: 300, alcohol: "yes"),
        ])
        try await bench.apply([story.retraction(2, revision: 2)])
        try await bench.apply([story.retraction(2, revision: 3)])
        let second = story.screening(2)
        #expect(try await bench.said(of: second).map(\.type) == ["outcome.scored", "outcome.retracted"])
        #expect(try await bench.said(of: second).map(\.revision) == [1, 2])
        #expect(try await bench.contents()[second] == nil)
        #expect(try await bench.counts()["forms.retracted"] == 1)
        let third = try await bench.said(of: story.screening(3))
        #expect(try third.map { try $0.outcome().factors[0].change } == [.persisting, .new])
        try await bench.apply([story.form(2, at: 120, alcohol: "no", revision: 4)])
        let again = try await bench.said(of: second)
        #expect(again.map(\.revision) == [1, 2, 3])
        #expect(try again.last?.outcome().factors[0].change == .persisting)
        #expect(try await bench.counts()["forms.retracted"] == 0)
    }

    @Test("says nothing of a retraction whose form never came, and drops the form if it comes after all")
    func retractedBefore() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        try await bench.apply([CourseStory.instrument(1), story.retraction(1, revision: 2)])
        try await bench.apply([story.form(1, at: 60, alcohol: "yes")])
        #expect(try await bench.said().isEmpty)
        #expect(try await bench.counts()["forms.scored"] == 0)
    }

    @Test("lets a form that comes again for another child wait until it is taken back from the first")
    func anotherChild() async throws {
        let bench = try await CourseBench()
        let wrong = CourseStory()
        let right = CourseStory(child: 2, respondent: 3)
        try await bench.apply([CourseStory.instrument(1), wrong.form(1, at: 60, alcohol: "yes")])
        try await bench.apply([right.form(1, at: 60, alcohol: "yes", revision: 3)])
        #expect(try await bench.counts()["forms.waiting"] == 1)
        try await bench.apply([wrong.retraction(1, revision: 2)])
        #expect(try await bench.counts()["forms.waiting"] == 0)
        let said = try await bench.said(of: right.screening(1))
        #expect(said.map(\.type) == ["outcome.scored", "outcome.retracted", "outcome.scored"])
        #expect(try said.last?.outcome().respondent == right.respondent)
    }

    @Test("compares factors over versions only where the same rules decide them")
    func overVersions() async throws {
        let bench = try await CourseBench()
        let story = CourseStory()
        try await bench.apply([
            CourseStory.instrument(1, rescores: false), CourseStory.instrument(2, rescores: false),
            CourseStory.instrument(3, rescores: false),
            story.form(1, at: 60, alcohol: "no", mood: ["yes", "no", "no"]),
            story.form(2, at: 120, alcohol: "yes", mood: ["yes", "no", "no"], version: 2),
            story.form(3, at: 300, alcohol: "yes", mood: ["yes", "no", "no"], version: 3),
        ])
        let contents = try await bench.contents()
        let second = contents[story.screening(2)]?.content.factors.map(\.change)
        let third = contents[story.screening(3)]?.content.factors.map(\.change)
        #expect(second == [.new, .notComparable], "alcohol as before, low mood by another rule")
        #expect(third == [.notComparable, .persisting], "alcohol is asked with one answer less")
    }

    @Test("every recorded event of a released version that scoring reads is understood")
    func recorded() throws {
        let handler = ScoreForms(outbox: Outbox(service: .scoring, region: "23"))
        for type in EventType.facts where type.topic == .answers || type == .instrumentPublished {
            let fixture = try EventFixture.recorded(type)
            let envelope = try Envelope(headers: fixture.headers)
            let event = ReceivedEvent(
                envelope: envelope, topic: fixture.topic, value: fixture.value, child: envelope.child)
            #expect(try handler.decode(event) != nil, "\(type.name)")
        }
    }

    @Test("every table has a rule of erasing that fits it")
    func rules() async throws {
        let bench = try await CourseBench()
        let faults = try await bench.store.read { try ScoringService.definition.erasure.faults(in: $0) }
        #expect(faults == [])
    }
}
