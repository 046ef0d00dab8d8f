internal import Foundation
public import Runtime

/// Writes the members of a JSON object straight to bytes, in whatever order; in the end they stand in the order of
/// their names, as `CanonicalJSON` has it.
public struct ObjectWriter {
    private(set) var bytes: [UInt8] = []
    /// Where each member of the objects that are open begins: its opening quotation mark, and how long its name is.
    private var members: [(start: Int, nameCount: Int)] = []

    /// Writes one object.
    static func object(_ write: (inout ObjectWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = ObjectWriter(forBytes: 2048)
        try writer.object(write)
        return writer.bytes
    }

    /// Writes one object, and a second one of some of its members.
    /// - Parameter names: in the order of canonical JSON; what the object doesn't have is passed over. Without any,
    ///   there is no second object.
    static func object(
        cutting names: [StaticString], _ write: (inout ObjectWriter) throws -> Void
    ) rethrows -> (whole: [UInt8], cut: [UInt8]) {
        var writer = ObjectWriter(forBytes: 2048)
        var cut: [UInt8] = []
        try writer.object { writer in
            try write(&writer)
            cut = writer.cut(names)
        }
        return (writer.bytes, cut)
    }

    private init(forBytes capacity: Int) {
        bytes.reserveCapacity(capacity)
        members.reserveCapacity(32)
    }

    /// Writes text.
    public mutating func member(_ name: StaticString, _ text: String) {
        begin(name)
        CanonicalJSON.write(text, to: &bytes)
    }

    /// Writes text if there is any.
    public mutating func member(_ name: StaticString, ifAny text: String?) {
        if let text { member(name, text) }
    }

    /// Writes a whole number.
    public mutating func member(_ name: StaticString, _ number: Int) {
        begin(name)
        bytes.append(contentsOf: String(number).utf8)
    }

    /// Writes a whole number if there is one.
    public mutating func member(_ name: StaticString, ifAny number: Int?) {
        if let number { member(name, number) }
    }

    /// Writes a truth value.
    public mutating func member(_ name: StaticString, _ truth: Bool) {
        begin(name)
        bytes.append(contentsOf: (truth ? "true" : "false").utf8)
    }

    /// Writes an identifier.
    public mutating func member<Subject>(_ name: StaticString, _ id: Identifier<Subject>) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        id.uuid.writeText(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a time.
    public mutating func member(_ name: StaticString, _ time: Timestamp) { member(name, time.rfc3339) }

    /// Writes an object.
    public mutating func member(_ name: StaticString, _ part: some EventPart) throws {
        begin(name)
        try object { try part.write(to: &$0) }
    }

    /// Writes a list of objects.
    public mutating func member(_ name: StaticString, _ parts: [some EventPart]) throws {
        begin(name)
        try list(parts) { writer, part in try writer.object { try part.write(to: &$0) } }
    }

    /// Writes a list of texts.
    public mutating func member(_ name: StaticString, _ texts: [String]) {
        begin(name)
        list(texts) { writer, text in CanonicalJSON.write(text, to: &writer.bytes) }
    }

    /// The members of a value that only `Codable` can write.
    mutating func members(of value: some Encodable) throws {
        for (name, json) in try CanonicalEncoder.members(of: value) {
            begin(name)
            json.write(to: &bytes)
        }
    }

    private mutating func list<Element>(
        _ elements: [Element], _ write: (inout ObjectWriter, Element) throws -> Void
    ) rethrows {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            try write(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func object(_ write: (inout ObjectWriter) throws -> Void) rethrows {
        let outer = members.count
        bytes.append(UInt8(ascii: "{"))
        try write(&self)
        sort(from: outer)
        members.removeLast(members.count - outer)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes what stands before a value: the comma, if it isn't the first, the name in quotation marks and the colon.
    private mutating func begin(_ name: StaticString) {
        let nameCount = name.utf8CodeUnitCount
        let comma = bytes.last == UInt8(ascii: "{") ? 0 : 1
        members.append((bytes.count + comma, nameCount))
        // All at once: an append for each piece looks each time whether there is room.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: nameCount + 4) { text in
            text[0] = UInt8(ascii: ",")
            text[comma] = UInt8(ascii: "\"")
            memcpy(text.baseAddress! + comma + 1, name.utf8Start, nameCount)
            text[comma + 1 + nameCount] = UInt8(ascii: "\"")
            text[comma + 2 + nameCount] = UInt8(ascii: ":")
            bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: text[..<(comma + 3 + nameCount)]))
        }
    }

    /// The same for a name that is no constant, which may need escapes.
    private mutating func begin(_ name: String) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        let start = bytes.count
        CanonicalJSON.write(name, to: &bytes)
        members.append((start, bytes.count - start - 2))
        bytes.append(UInt8(ascii: ":"))
    }

    /// An object of some members of the one that is open, which is the only one.
    private func cut(_ names: [StaticString]) -> [UInt8] {
        if names.isEmpty { return [] }
        var cut = [UInt8(ascii: "{")]
        cut.reserveCapacity(bytes.count)
        for name in names {
            guard let index = members.firstIndex(where: { isNamed(name, $0) }) else { continue }
            if cut.count > 1 { cut.append(UInt8(ascii: ",")) }
            cut += bytes[members[index].start..<end(of: index)]
        }
        cut.append(UInt8(ascii: "}"))
        return cut
    }

    private func isNamed(_ name: StaticString, _ member: (start: Int, nameCount: Int)) -> Bool {
        guard member.nameCount == name.utf8CodeUnitCount else { return false }
        return bytes[(member.start + 1)...].starts(
            with: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// A member ends before the comma of the next one.
    private func end(of index: Int) -> Int {
        index + 1 < members.count ? members[index + 1].start - 1 : bytes.count
    }

    /// Puts the members of the innermost object in order, if they aren't yet.
    private mutating func sort(from first: Int) {
        let own = members[first...]
        guard zip(own, own.dropFirst()).contains(where: { !isOrdered($0, $1) }) else { return }
        let sorted = own.indices.sorted { isOrdered(members[$0], members[$1]) }
        var ordered: [UInt8] = []
        ordered.reserveCapacity(bytes.count - members[first].start + 1)
        for index in sorted {
            ordered += bytes[members[index].start..<end(of: index)]
            ordered.append(UInt8(ascii: ","))
        }
        ordered.removeLast()
        bytes.replaceSubrange(members[first].start..., with: ordered)
    }

    private func isOrdered(_ left: (start: Int, nameCount: Int), _ right: (start: Int, nameCount: Int)) -> Bool {
        // Nearly all differ in the first byte; of an empty name it is the quotation mark behind it.
        let (first, other) = (bytes[left.start + 1], bytes[right.start + 1])
        if first != other, left.nameCount > 0, right.nameCount > 0 { return first < other }
        let count = min(left.nameCount, right.nameCount)
        let order = bytes.withUnsafeBufferPointer { bytes in
            memcmp(bytes.baseAddress! + left.start + 1, bytes.baseAddress! + right.start + 1, count)
        }
        return order == 0 ? left.nameCount < right.nameCount : order < 0
    }
}
