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
        var writer = ObjectWriter()
        writer.bytes.reserveCapacity(2048)
        writer.members.reserveCapacity(32)
        try writer.object(write)
        return writer.bytes
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
    public mutating func member<Subject>(_ name: StaticString, _ id: Identifier<Subject>) { member(name, id.text) }

    /// Writes a time.
    public mutating func member(_ name: StaticString, _ time: Timestamp) { member(name, time.rfc3339) }

    /// Writes an object.
    public mutating func member(_ name: StaticString, _ part: some EventPart) throws {
        begin(name)
        try object(part.write)
    }

    /// Writes a list of objects.
    public mutating func member(_ name: StaticString, _ parts: [some EventPart]) throws {
        begin(name)
        try list(parts) { writer, part in try writer.object(part.write) }
    }

    /// Writes a list of texts.
    public mutating func member(_ name: StaticString, _ texts: [String]) {
        begin(name)
        list(texts) { writer, text in CanonicalJSON.write(text, to: &writer.bytes) }
    }

    /// The members of a value that only `Codable` can write.
    mutating func members(of value: some Encodable) throws {
        for (name, json) in try CanonicalEncoder.members(of: value) {
            begin { CanonicalJSON.write(name, to: &$0) }
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

    private mutating func begin(_ name: StaticString) {
        begin { bytes in
            bytes.append(UInt8(ascii: "\""))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func begin(_ writeName: (inout [UInt8]) -> Void) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        let start = bytes.count
        writeName(&bytes)
        members.append((start, bytes.count - start - 2))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Puts the members of the innermost object in order, if they aren't yet.
    private mutating func sort(from first: Int) {
        let own = members[first...]
        guard zip(own, own.dropFirst()).contains(where: { !isOrdered($0, $1) }) else { return }
        let end = bytes.count
        let sorted = own.indices.sorted { isOrdered(members[$0], members[$1]) }
        var ordered: [UInt8] = []
        ordered.reserveCapacity(end - members[first].start + 1)
        for index in sorted {
            // A member ends before the comma of the next one.
            let next = index + 1 < members.count ? members[index + 1].start - 1 : end
            ordered += bytes[members[index].start..<next]
            ordered.append(UInt8(ascii: ","))
        }
        ordered.removeLast()
        bytes.replaceSubrange(members[first].start..<end, with: ordered)
    }

    private func isOrdered(_ left: (start: Int, nameCount: Int), _ right: (start: Int, nameCount: Int)) -> Bool {
        let count = min(left.nameCount, right.nameCount)
        let order = bytes.withUnsafeBufferPointer { bytes in
            memcmp(bytes.baseAddress! + left.start + 1, bytes.baseAddress! + right.start + 1, count)
        }
        return order == 0 ? left.nameCount < right.nameCount : order < 0
    }
}
