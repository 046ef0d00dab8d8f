import Events
import Foundation
import Kafka
import Runtime
import Support
import Testing

@testable import Scoring

/// A store that was lost comes back to the very same, by one hash over all that it holds.
@Suite("Scoring, the same again", .serialized)
struct ScoringAgainTests {
    /// Courses of four visits with an amendment and a retraction each; a child with a refused form and one behind it;
    /// a form that waits for its instrument.
    private static func facts() throws -> [OutgoingRecord] {
        var facts = [try CourseStory.instrument(1)]
        for family in 1...5 {
            let story = CourseStory(child: UInt64(family), respondent: UInt64(family))
            let first = family * 10
            for visit in [2, 0, 3, 1] {
                facts.append(
                    try story.form(
                        first + visit, at: 60 + 100 * visit, alcohol: ["yes", "no", nil][(family + visit) % 3],
                        mood: ["yes", visit % 2 == 0 ? "yes" : "no", "no"]))
            }
            facts.append(try story.form(first + 2, at: 260, alcohol: "no", revision: 2))
            facts.append(try story.retraction(first + 1, revision: 2))
        }
        let refused = CourseStory(child: 8, respondent: 8)
        facts += [
            try refused.form(80, at: 60, alcohol: "yes"), try refused.form(81, at: 90, alcohol: "never"),
            try refused.form(82, at: 300, alcohol: "no"),
            try CourseStory(child: 9, respondent: 9).form(90, at: 60, alcohol: "yes", version: 3),
        ]
        return facts
    }

    /// Starts, waits until everything is applied and settled, stops, and tells what has come of it.
    private func come(_ scoring: ScoringOnCluster) async throws -> String {
        try scoring.service.start()
        try await scoring.service.counts {
            $0["forms.scored"] == 16 && $0["forms.retracted"] == 5 && $0["parked.refused"] == 1
                && $0["parked.behind"] == 1 && $0["parked.early"] == 1 && $0["outcomes.unsettled"] == 0
        }
        try await scoring.stop()
        return try await StateHash.hex(ofStoreIn: scoring.service.dataDirectory)
    }

    @Test("from its topics: courses, retractions, refused, early and waiting records")
    func again() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers, environment: ["WITNESS_WATCH_SECONDS": "2"])
        try await TopicTraffic.publish(try Self.facts(), to: scoring.servers)
        let before = try await come(scoring)
        try scoring.service.removeData()
        #expect(try await come(scoring) == before)
        try scoring.service.removeData()
    }
}
