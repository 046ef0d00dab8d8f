/// The member names that a reader knows, numbered once, so that decoding compares small numbers and not text.
package struct JSONNames: Sendable {
    /// The number of every name that isn't in the list.
    static let unknown: Int16 = -1

    private var slots: [Int16]
    private var text: [UInt8] = []
    private var starts: [Int] = [0]

    /// Numbers the names by their place in the list. The list has no name twice.
    package init(_ names: [String]) {
        var capacity = 16
        while capacity < names.count * 4 { capacity *= 2 }
        slots = Array(repeating: Self.unknown, count: capacity)
        for (number, name) in names.enumerated() {
            let bytes = Array(name.utf8)
            var slot = Self.hash(bytes, 0, bytes.count) & (capacity - 1)
            while slots[slot] != Self.unknown { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = Int16(number)
            text += bytes
            starts.append(text.count)
        }
    }

    /// The number of the name that stands in `bytes[start..<end]`.
    func number(of bytes: [UInt8], _ start: Int, _ end: Int) -> Int16 {
        if starts.count == 1 { return Self.unknown }
        let mask = slots.count - 1
        var slot = Self.hash(bytes, start, end) & mask
        while slots[slot] != Self.unknown {
            if matches(Int(slots[slot]), bytes, start, end) { return slots[slot] }
            slot = (slot + 1) & mask
        }
        return Self.unknown
    }

    private func matches(_ number: Int, _ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        let first = starts[number]
        guard starts[number + 1] - first == end - start else { return false }
        for offset in 0..<(end - start) where text[first + offset] != bytes[start + offset] { return false }
        return true
    }

    /// Length and three bytes tell the names of FHIR apart well enough; collisions only cost a comparison.
    private static func hash(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        guard start < end else { return 0 }
        let first = Int(bytes[start])
        let middle = Int(bytes[start + (end - start) / 2])
        let last = Int(bytes[end - 1])
        return (end - start) &* 31 &+ first &* 7 &+ middle &* 131 &+ last &* 1031
    }
}
