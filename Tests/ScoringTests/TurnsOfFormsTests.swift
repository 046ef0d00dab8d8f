import Events
import Kafka
import Runtime
import Testing

@testable import Delivery
@testable import Scoring

/// A child's parked forms go on in the order in which intake recorded them, whichever was parked first.
@Suite("Forms of one child that wait")
struct TurnsOfFormsTests {
    let story = CourseStory()

    private func at(_ second: Int64, _ record: OutgoingRecord) -> OutgoingRecord {
        record.recorded(at: Timestamp(milliseconds: CourseHistory.now.milliseconds + second * 1000))
    }

    /// A form that no release scores.
    private func wrong(_ number: Int) throws -> OutgoingRecord { try story.form(number, at: 60, alcohol: "never") }

    /// A form of a version that hasn't come.
    private func early(_ number: Int) throws -> OutgoingRecord {
        try story.form(number, at: 120, alcohol: "no", version: 2)
    }

    private func behind(_ number: Int) throws -> OutgoingRecord { try story.form(number, at: 180, alcohol: "no") }

    private func bench(_ records: [OutgoingRecord]) async throws -> CourseBench {
        let bench = try await CourseBench()
        try await bench.apply([CourseStory.instrument(1)] + records)
        return bench
    }

    private func states(_ bench: CourseBench) async throws -> [String] {
        try await PoisonTests.parked(bench).map(\.state)
    }

    private func scored(_ bench: CourseBench) async throws -> [String] { try await bench.said().map(\.screening) }

    private func texts(_ numbers: Int...) -> [String] { numbers.map { story.screening($0).text } }

    @Test("one behind an early form goes on with it, though a later one was refused before both")
    func earlyOneArrives() async throws {
        let bench = try await bench([at(10, wrong(1)), at(1, early(2)), at(2, behind(3))])
        #expect(try await states(bench) == ["refused", "early", "behind"])
        try await bench.apply([CourseStory.instrument(2, rescores: false)])
        #expect(try await states(bench) == ["refused"])
        #expect(try await scored(bench) == texts(2, 3))
    }

    @Test(
        "one behind an older form goes on when that is discarded, though a later one was refused before both",
        arguments: ["refused", "early"])
    func olderOneDiscarded(state: String) async throws {
        let older = state == "early" ? try early(2) : try wrong(2)
        let bench = try await bench([at(10, wrong(1)), at(1, older), at(2, behind(3))])
        let parked = try await PoisonTests.parked(bench)
        #expect(parked.map(\.state) == ["refused", state, "behind"])
        #expect(try await bench.parkedCommands.discard(parked[1].seq, reason: "typed by hand").exitCode == 0)
        try await bench.applyReady()
        #expect(try await states(bench) == ["refused"])
        #expect(try await scored(bench) == texts(3))
    }

    @Test("one behind two refused ones waits until both are gone, in whatever order", arguments: [[0, 1], [1, 0]])
    func bothDiscarded(order: [Int]) async throws {
        let bench = try await bench([at(10, wrong(1)), at(12, behind(3)), at(1, wrong(2))])
        let parked = try await PoisonTests.parked(bench)
        #expect(parked.map(\.state) == ["refused", "behind", "refused"])
        let refused = [parked[0].seq, parked[2].seq]
        #expect(try await bench.parkedCommands.discard(refused[order[0]], reason: "typed by hand").exitCode == 0)
        try await bench.applyReady()
        #expect(try await scored(bench).isEmpty)
        #expect(try await bench.parkedCommands.discard(refused[order[1]], reason: "typed by hand").exitCode == 0)
        try await bench.applyReady()
        #expect(try await scored(bench) == texts(3))
        #expect(try await states(bench).isEmpty)
    }

    @Test("one whose envelope can't be read is refused at once, and whoever comes then waits until it is gone")
    func nameless() async throws {
        let form = try behind(4)
        let nameless = OutgoingRecord(topic: form.topic, key: form.key, value: form.value, headers: [])
        let bench = try await bench([at(10, wrong(1)), at(12, behind(3)), nameless, at(5, behind(2))])
        let parked = try await PoisonTests.parked(bench)
        #expect(parked.map(\.state) == ["refused", "behind", "refused", "behind"])
        #expect(try await bench.parkedCommands.discard(parked[2].seq, reason: "names nothing").exitCode == 0)
        try await bench.applyReady()
        #expect(try await states(bench) == ["refused", "behind"])
        #expect(try await scored(bench) == texts(2))
    }

    @Test("those that become ready together are scored in the order in which they were recorded")
    func readyTogether() async throws {
        let bench = try await bench([at(5, early(3)), at(1, early(2))])
        #expect(try await states(bench) == ["early", "early"])
        try await bench.apply([CourseStory.instrument(2, rescores: false)])
        #expect(try await scored(bench) == texts(2, 3))
    }
}
