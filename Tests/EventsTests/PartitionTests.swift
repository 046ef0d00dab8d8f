import Events
import Foundation
import Support
import Testing

@Suite("The partition of a key")
struct PartitionTests {
    private struct Vectors: Decodable {
        let partitions: Int32
        let keys: [String: Int32]
    }

    @Test("is where Kafka's own producer and librdkafka put that key")
    func vectors() throws {
        let vectors = try JSONDecoder().decode(
            Vectors.self, from: Repository.bytes("Tests/EventsTests/Fixtures/partitions.json"))
        #expect(vectors.keys.count == 40)
        for (key, expected) in vectors.keys {
            #expect(partition(ofKey: Array(key.utf8), count: vectors.partitions) == expected, "\(key)")
        }
    }

    @Test("is within the number of partitions, for the empty key too")
    func range() {
        var random = SeededGenerator(seed: 7)
        for count in Int32(1)...40 {
            for length in 0..<9 {
                let key = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
                #expect((0..<count).contains(partition(ofKey: key, count: count)))
            }
        }
    }

    @Test("spreads random children evenly")
    func spread() {
        let generator = EventGenerator(seed: 11)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<6_000 { counts[Int(partition(ofKey: Array(generator.child().text.utf8), count: 6))] += 1 }
        #expect(counts.allSatisfy { (850...1_150).contains($0) }, "\(counts)")
    }
}
