import Runtime
import Support
import Testing

@Suite("A timestamp")
struct TimestampTests {
    @Test("reads back from its text as the same millisecond, before 1970 too")
    func roundTrip() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<10_000 {
            let time = Timestamp(milliseconds: Int64.random(in: -2_000_000_000_000..<4_000_000_000_000, using: &random))
            #expect(Timestamp(rfc3339: time.rfc3339) == time)
        }
        #expect(Timestamp(milliseconds: 1_764_000_600_412).rfc3339 == "2025-11-24T16:10:00.412Z")
    }
}
