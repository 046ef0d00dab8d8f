/// The partition of a key, as Kafka's Java client and librdkafka's `murmur2` choose it: murmur2 of the key with the
/// sign bit cleared, modulo the number of partitions.
///
/// `count` must be above 0. Every writer of a child-keyed topic uses this one function, so that a child's records stay
/// in order whichever client wrote them.
public func partition(ofKey key: [UInt8], count: Int32) -> Int32 {
    precondition(count > 0, "a topic has at least one partition")
    return Int32(bitPattern: murmur2(key) & 0x7FFF_FFFF) % count
}

/// Austin Appleby's MurmurHash2, 32 bits, with Kafka's seed.
private func murmur2(_ key: [UInt8]) -> UInt32 {
    let multiplier: UInt32 = 0x5BD1_E995
    var hash: UInt32 = 0x9747_B28C ^ UInt32(truncatingIfNeeded: key.count)
    var index = 0
    while index + 4 <= key.count {
        var word = UInt32(key[index]) | UInt32(key[index + 1]) << 8
        word |= UInt32(key[index + 2]) << 16 | UInt32(key[index + 3]) << 24
        word &*= multiplier
        word ^= word >> 24
        word &*= multiplier
        hash = (hash &* multiplier) ^ word
        index += 4
    }
    if index < key.count {
        for (place, byte) in key[index...].enumerated() { hash ^= UInt32(byte) << (8 * UInt32(place)) }
        hash &*= multiplier
    }
    hash ^= hash >> 13
    hash &*= multiplier
    return hash ^ hash >> 15
}
