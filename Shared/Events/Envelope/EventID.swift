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
    func add(_ text: String) {
        withUnsafeBytes(of: UInt32(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: text.utf8)
    }
    add(source.text)
    add(type.ceType)
    add(subject)
    add(String(revision))
    add(trigger.text)
    let digest = SHA256.hash(bytes)
    let high = UInt16(digest[0]) << 8 | UInt16(digest[1])
    let low = digest[2..<10].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return UUID(time: time, randomHigh: high, low: low, version: 8)
}
