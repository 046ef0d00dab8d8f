internal import Cryptography
public import Foundation
public import Runtime

/// The `ce_id` of what a service says because of one trigger. The same arguments give the same id, so repeated work
/// repeats itself visibly; the next revision has another one.
///
/// UUIDv8 (RFC 9562 section 5.8), most significant byte first:
///
/// | bits | |
/// |---|---|
/// | 0–47 | `time` in milliseconds since the Unix epoch |
/// | 48–51 | version, `1000` |
/// | 52–63 | bits 4–15 of the digest |
/// | 64–65 | variant, `10` |
/// | 66–127 | bits 18–79 of the digest |
///
/// The digest is SHA-256 over source, type, subject, revision and trigger in this order, each part as four bytes of
/// length, most significant first, then its UTF-8 text; the revision is written in decimal digits.
///
/// `time` is the trigger's: `ce_time` of the record, the instant of the write, the timer's due instant. It keeps ids of
/// one period together in an index; nobody sorts by ids or reads time from them.
public func eventID(
    time: Timestamp, source: EventSource, type: EventType, subject: String, revision: Int, trigger: Trigger
) -> UUID {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    func add(_ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 4))
        write(&bytes)
        let length = UInt32(bytes.count - start - 4)
        for place in 0..<4 { bytes[start + place] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * place)) }
    }
    add { $0.append(contentsOf: source.text.utf8) }
    add { $0.append(contentsOf: type.ceType.utf8) }
    add { $0.append(contentsOf: subject.utf8) }
    add { $0.append(contentsOf: String(revision).utf8) }
    add(trigger.write)
    let digest = SHA256.hash(bytes)
    let high = UInt16(digest[0]) << 8 | UInt16(digest[1])
    let low = digest[2..<10].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return UUID(time: time, randomHigh: high, low: low, version: 8)
}
