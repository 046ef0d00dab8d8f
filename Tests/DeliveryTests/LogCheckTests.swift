import Foundation
import Kafka
import Runtime
import Testing

@testable import Delivery

/// Whether this is still the store's own log, decided from values alone.
@Suite("Log check")
struct LogCheckTests {
    static let ours = StoreIdentity(
        incarnation: UUID(high: 1, low: 1, version: 4), epoch: 3, cluster: "A", place: "here",
        boot: UUID(high: 2, low: 2, version: 4), restored: false)
    static let id = UUID(high: 3, low: 3, version: 7)
    static let place = LogCheck.Place(topic: "t", partition: 0)

    static func check(
        _ identity: StoreIdentity = ours, cluster: String = "A", known: KnownPartition = .init(next: 10, lastID: id),
        start: Int64 = 0, end: Int64 = 20, before: UUID? = id, committed: Int64? = nil, witness: Witness? = nil,
        compacted: Bool = false
    ) -> LogCheck {
        LogCheck(
            identity: identity, cluster: cluster, compacted: compacted ? ["t"] : [], known: [place: known],
            seen: [
                place: SeenPartition(
                    start: start, end: end, idBeforeNext: before, committed: committed, witness: witness)
            ])
    }

    @Test("finds nothing in its own log")
    func ownLog() {
        #expect(Self.check().findings() == [])
        #expect(Self.check(known: .init(next: 20, lastID: Self.id)).findings() == [])
        #expect(Self.check(committed: 10, witness: Witness(Self.ours, beat: 1)).findings() == [])
    }

    @Test("stops at another cluster, and asks nothing more of it")
    func anotherCluster() {
        #expect(Self.check(cluster: "B", end: 0).findings() == [.anotherCluster(known: "A", seen: "B")])
    }

    @Test("adopts the first cluster it sees")
    func firstCluster() {
        var identity = Self.ours
        identity.cluster = nil
        #expect(Self.check(identity, cluster: "B", known: .init(next: 0, lastID: nil), before: nil).findings() == [])
    }

    @Test("stops where the log ends before the next offset")
    func tooShort() {
        let findings = Self.check(end: 9, before: nil).findings()
        #expect(findings == [.logTooShort(topic: "t", partition: 0, next: 10, end: 9)])
    }

    @Test("stops where unread records were deleted, unless the topic is compacted")
    func tooYoung() {
        let findings = Self.check(start: 15, before: nil).findings()
        #expect(findings == [.logTooYoung(topic: "t", partition: 0, next: 10, start: 15)])
        #expect(Self.check(start: 15, before: nil, compacted: true).findings() == [])
        let atTheBeginning = Self.check(known: .init(next: 0, lastID: nil), start: 15, before: nil).findings()
        #expect(
            atTheBeginning == [.logTooYoung(topic: "t", partition: 0, next: 0, start: 15)],
            "a partition that was empty when it was first looked at has lost records too")
    }

    @Test("stops where another record stands at the place of the last one applied")
    func replaced() {
        let findings = Self.check(before: UUID(high: 9, low: 9, version: 7)).findings()
        #expect(findings == [.anotherRecord(topic: "t", partition: 0, offset: 9)])
        #expect(Self.check(before: nil).findings() == findings, "one without an id is another one too")
        #expect(Self.check(start: 10, before: nil).findings() == [], "the last one applied may be past its retention")
    }

    @Test("reads on where compaction took the last record applied")
    func compactedAway() {
        #expect(Self.check(before: nil, compacted: true).findings() == [])
    }

    @Test("stops when the broker remembers more than the store, by the store's own mark only")
    func rolledBack() {
        let ours = Witness(Self.ours, beat: 7)
        #expect(
            Self.check(committed: 12, witness: ours).findings()
                == [.rolledBack(topic: "t", partition: 0, next: 10, committed: 12)])
        #expect(Self.check(committed: 12, witness: nil).findings() == [], "an operator's reset changes nothing")
    }

    @Test("stops at a foreign store's mark and at a higher epoch of its own")
    func foreign() {
        var other = Self.ours
        other.epoch = 4
        #expect(Self.check(witness: Witness(other, beat: 1)).findings() == [.fenced(ours: 3, seen: 4)])
        let stranger = StoreIdentity(
            incarnation: UUID(high: 8, low: 8, version: 4), epoch: 1, cluster: "A", place: "there",
            boot: UUID(high: 8, low: 9, version: 4), restored: false)
        for epoch in [3, 4] {
            var rival = stranger
            rival.epoch = epoch
            #expect(Self.check(witness: Witness(rival, beat: 1)).findings() == [.foreignStore], "epoch \(epoch)")
        }
        let fenced = "one that was fenced wrote its mark once more before it stopped"
        let check = Self.check(witness: Witness(stranger, beat: 1))
        #expect(check.findings() == [], "\(fenced)")
        #expect(check.lastReaderIsForeign, "or it is a healthy one, and a start watches first")
        #expect(!Self.check(witness: Witness(Self.ours, beat: 1)).lastReaderIsForeign)
    }

    @Test("a restored store waits for an operator")
    func restored() {
        var identity = Self.ours
        identity.restored = true
        #expect(Self.check(identity).findings() == [.restored])
    }

    @Test("knows the marks of its own earlier processes in this place, and no others")
    func elsewhere() {
        let boots: Set = [Self.ours.boot]
        #expect(!Self.check(witness: Witness(Self.ours, beat: 1)).lastReaderIsElsewhere(remembered: boots))
        #expect(Self.check(witness: Witness(Self.ours, beat: 1)).lastReaderIsElsewhere(remembered: []))
        var copied = Self.ours
        copied.place = "there"
        #expect(Self.check(copied, witness: Witness(Self.ours, beat: 1)).lastReaderIsElsewhere(remembered: boots))
    }

    @Test("every finding is one line that names a command or an act")
    func lines() {
        let findings: [LogFinding] = [
            .anotherCluster(known: "A", seen: "B"), .partitionCount(topic: "t", contract: 6, seen: 4),
            .logTooShort(topic: "t", partition: 0, next: 1, end: 0),
            .logTooYoung(topic: "t", partition: 0, next: 1, start: 2),
            .anotherRecord(topic: "t", partition: 0, offset: 1),
            .rolledBack(topic: "t", partition: 0, next: 1, committed: 2), .restored, .foreignStore,
            .fenced(ours: 1, seen: 2), .copyAlive,
        ]
        for finding in findings {
            #expect(!finding.description.contains("\n"))
            #expect(finding.description.contains("recover") || finding.description.contains(": "))
        }
    }

    /// A store that has read nothing, on a log that begins and ends here.
    private func cold(start: Int64, compacted: Bool = false, isAccepted: Bool = false) -> LogCheck {
        var identity = Self.ours
        identity.acceptsLateLog = isAccepted
        return LogCheck(
            identity: identity, cluster: "A", compacted: compacted ? ["t"] : [], known: [:],
            seen: [
                Self.place: SeenPartition(start: start, end: 20, idBeforeNext: nil, committed: nil, witness: nil),
                LogCheck.Place(topic: "t", partition: 1): SeenPartition(
                    start: start, end: 20, idBeforeNext: nil, committed: nil, witness: nil),
            ])
    }

    @Test("stops a new store at a log whose beginning is gone, once for each topic")
    func lostBeginning() {
        #expect(cold(start: 7).findings() == [.beginsLate(topic: "t", partition: 0, start: 7)])
        #expect(cold(start: 0).findings() == [])
        #expect(cold(start: 7, compacted: true).findings() == [], "what is left of it is the whole state")
        #expect(cold(start: 7, isAccepted: true).findings() == [], "an operator has decided")
    }
}

/// The mark that a running store leaves with the broker.
@Suite("Witness")
struct WitnessTests {
    @Test("reads back what it writes, and nothing else")
    func roundTrip() {
        let witness = Witness(LogCheckTests.ours, beat: 42)
        #expect(Witness(text: witness.text) == witness)
        for text in ["", "barnsakert 1", "barnsakert 2 \(witness.text.dropFirst(13))", "reset by hand", nil] {
            #expect(Witness(text: text) == nil)
        }
    }

    @Test("a running process stops at a stranger, at a copy of itself and at a higher epoch, not at its own past")
    func keeper() {
        let ours = LogCheckTests.ours
        let earlier = UUID(high: 5, low: 5, version: 4)
        let keeper = WitnessKeeper(identity: ours, earlierBoots: [earlier], limits: DeliveryLimits())
        func seen(_ change: (inout StoreIdentity) -> Void) -> LogFinding? {
            var identity = ours
            change(&identity)
            return keeper.finding(in: [Witness(identity, beat: 1)])
        }
        #expect(seen { _ in } == nil)
        #expect(seen { $0.boot = earlier } == nil)
        #expect(seen { $0.boot = UUID(high: 6, low: 6, version: 4) } == .copyAlive)
        #expect(seen { $0.epoch = 4 } == .fenced(ours: 3, seen: 4))
        let stranger = Witness(
            incarnation: UUID(high: 7, low: 7, version: 4), epoch: 3, place: "here", boot: ours.boot, beat: 1)
        #expect(keeper.finding(in: [stranger]) == .foreignStore)
    }

    @Test("counts a fenced process's mark and goes on, whichever store it was of")
    func fencedMarks() {
        let keeper = WitnessKeeper(identity: LogCheckTests.ours, earlierBoots: [], limits: DeliveryLimits())
        var copy = LogCheckTests.ours
        copy.epoch = 2
        copy.boot = UUID(high: 6, low: 6, version: 4)
        let stranger = Witness(
            incarnation: UUID(high: 7, low: 7, version: 4), epoch: 2, place: "here", boot: copy.boot, beat: 1)
        let seen = [Witness(copy, beat: 9), stranger, Witness(LogCheckTests.ours, beat: 1)]
        #expect(keeper.finding(in: seen) == nil)
        #expect(keeper.fenced(in: seen) == 2)
    }

    @Test("a rebuilt store's epoch is above that of all who said something, and the same when it is found again")
    func epochOfRebuilt() {
        func epoch(_ own: Int, said: Int?, began: Int64 = 0) -> Int {
            var identity = LogCheckTests.ours
            identity.epoch = own
            let place = TopicPartition(topic: "t", partition: 0)
            return ColdStart.epoch(
                identity, over: TakenBack(epochMax: said, began: [place: began], ended: [place: began + 9]))
        }
        #expect(epoch(1, said: nil) == 1, "nobody was here before")
        #expect(epoch(1, said: 4) == 5)
        #expect(epoch(5, said: 4) == 5, "begun again after a kill")
        #expect(epoch(7, said: 4) == 7, "a take-over saw a mark above")
        #expect(epoch(1, said: nil, began: 8) == 2, "even the last word of the one before is gone")
    }
}
