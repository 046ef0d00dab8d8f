/// The members of one object while it is being read: each is taken by its name, and `end()` reports what nobody took.
///
/// Every reading method returns nil for a member that is absent, and for one that is wrong after reporting why. So one
/// pass finds all faults, and `require(_:)` says which members must be there.
struct Members {
    let decoding: Decoding
    let node: Int
    /// A bit for each member that hasn't been taken, by its place in the object. No element of FHIR has as many members
    /// as there are bits: those beyond are reported.
    private var untaken: UInt64
    /// A bit for each name that the object has, folded into 64: most members that are asked for aren't there, and this
    /// says so without looking.
    private let present: UInt64

    init(_ decoding: Decoding, _ node: Int) {
        self.decoding = decoding
        self.node = node
        var present: UInt64 = 0
        var untaken: UInt64 = 0
        for name in decoding.document.names(of: node) {
            present |= Self.bit(decoding.document.nodes[name].name)
            untaken = untaken << 1 | 1
        }
        self.present = present
        self.untaken = untaken
    }

    /// True if the object has the member, taken or not.
    func has(_ name: ElementName) -> Bool { position(of: name) != nil }

    /// The node of a member's value; from now on it counts as taken.
    mutating func take(_ name: ElementName) -> Int? {
        guard let (place, value) = position(of: name) else { return nil }
        untaken &= ~(1 << UInt64(place))
        return value
    }

    /// Reports a member that the object doesn't have.
    func require(_ name: ElementName) {
        guard !has(name) else { return }
        decoding.report(.required, at: node, "The member '\(name.text)' is required here.")
    }

    /// Reports those of the members that the object doesn't have.
    func require(_ first: ElementName, _ others: ElementName...) {
        require(first)
        for name in others { require(name) }
    }

    /// Reports every member that nobody took.
    func end() {
        guard untaken != 0 else { return }
        var place: UInt64 = 0
        for name in decoding.document.names(of: node) {
            defer { place += 1 }
            guard place >= 64 || untaken & (1 << place) != 0 else { continue }
            reportUnknown(name, place)
        }
    }

    private func reportUnknown(_ name: Int, _ place: UInt64) {
        let document = decoding.document
        if let known = ElementName(rawValue: document.nodes[name].name) {
            if known.isValidButNotTaken {
                decoding.report(.notSupported, at: name + 1, "The member '\(known.text)' isn't taken here.")
            } else {
                decoding.report(.structure, at: name + 1, "FHIR R4 has no member '\(known.text)' here.")
            }
        } else if document.bytes[Int(document.nodes[name].start)] == UInt8(ascii: "_") {
            decoding.report(
                .notSupported, at: node, "Member \(place + 1) of this object extends a primitive; that isn't taken.")
        } else {
            decoding.report(.structure, at: node, "Member \(place + 1) of this object isn't known here.")
        }
    }

    private static func bit(_ name: Int16) -> UInt64 { 1 << UInt64(truncatingIfNeeded: name & 63) }

    private func position(of name: ElementName) -> (place: UInt64, value: Int)? {
        guard present & Self.bit(name.rawValue) != 0 else { return nil }
        let nodes = decoding.document.nodes
        let end = Int(nodes[node].next)
        var place: UInt64 = 0
        var position = node + 1
        while position < end, place < 64 {
            if nodes[position].name == name.rawValue { return (place, position + 1) }
            position = Int(nodes[position + 1].next)
            place += 1
        }
        return nil
    }
}
