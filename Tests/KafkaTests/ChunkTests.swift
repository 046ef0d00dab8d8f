import Testing

@testable import Kafka

@Suite("A chunk of records to publish")
struct ChunkTests {
    private let tooLarge = KafkaFailure(
        code: .messageTooLarge, name: "MSG_SIZE_TOO_LARGE", reason: "too large", disposition: .refuse, hint: "")
    private let purged = KafkaFailure(
        code: .purgedFromQueue, name: "_PURGE_QUEUE", reason: "purged", disposition: .retry, hint: "")

    @Test("lets nothing of a topic overtake a refused record, and other topics go on")
    func stops() {
        var chunk = Chunk([.init("a", "k", "0"), .init("a", "k", "1"), .init("b", "k", "2")])
        chunk.rejected(0, tooLarge)
        let admitted = [chunk.admits(1), chunk.admits(2)]
        #expect(admitted == [false, true])
        chunk.handedOver(2)
        chunk.apply(DeliveryReport(number: 3, result: .persisted(partition: 0, offset: 7)))
        let results = chunk.finished(purged)
        #expect(results[0].refused == tooLarge)
        #expect(results[1].retried?.code == .messageTooLarge)
        #expect(results[2] == .persisted(partition: 0, offset: 7))
        #expect(chunk.outstanding == 0)
    }

    @Test("counts each report once and ignores what it doesn't know")
    func reports() {
        var chunk = Chunk([.init("a", "k", "0"), .init("a", "k", "1")])
        chunk.handedOver(0)
        chunk.handedOver(1)
        for _ in 0..<2 { chunk.apply(DeliveryReport(number: 1, result: .persisted(partition: 0, offset: nil))) }
        chunk.apply(DeliveryReport(number: 0, result: .persisted(partition: 0, offset: nil)))
        chunk.apply(DeliveryReport(number: 9, result: .persisted(partition: 0, offset: nil)))
        #expect(chunk.outstanding == 1)
        #expect(chunk.persistedCount == 1)
        #expect(chunk.finished(purged)[1].retried == purged)
    }

    @Test("is certain while all that failed never left the client")
    func certainty() {
        var chunk = Chunk([.init("a", "k", "0"), .init("a", "k", "1")])
        chunk.handedOver(0)
        chunk.handedOver(1)
        chunk.apply(DeliveryReport(number: 1, result: .retry(purged)))
        #expect(!chunk.isUncertain)
        let inFlight = KafkaFailure(
            code: .purgedInFlight, name: "_PURGE_INFLIGHT", reason: "purged", disposition: .retry, hint: "")
        chunk.apply(DeliveryReport(number: 2, result: .retry(inFlight)))
        #expect(chunk.isUncertain)
    }

    @Test("gives what never left the client the fate of the whole")
    func fate() {
        var chunk = Chunk([.init("a", "k", "0"), .init("a", "k", "1")])
        chunk.handedOver(0)
        chunk.apply(DeliveryReport(number: 1, result: .retry(purged)))
        #expect(chunk.finished(tooLarge).allSatisfy { $0.refused == tooLarge })
        let late = KafkaFailure(code: .timedOut, name: "_TIMED_OUT", reason: "", disposition: .retry, hint: "")
        #expect(chunk.finished(late).allSatisfy { $0.retried == late })
    }
}
