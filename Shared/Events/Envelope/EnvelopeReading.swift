internal import Foundation
internal import Runtime

extension Envelope {
    /// Reads a record's headers strictly; headers of other names are ignored.
    ///
    /// The one leniency is `traceparent`: W3C Trace Context section 3.2.2.3 has a malformed one ignored.
    public init(headers: some Sequence<EventHeader>) throws(EnvelopeFault) {
        let reading = try HeaderReading(headers)
        let isOrdinary = try reading.isText(Self.contentType, in: .contentType)
        if !isOrdinary, try reading.text(.contentType).lowercased().hasPrefix("application/cloudevents") {
            throw .structuredMode
        }
        if try !reading.isText("1.0", in: .specificationVersion) { throw .specificationVersion }
        guard isOrdinary else { throw .malformed(.contentType) }
        self.init(
            id: try reading.parsed(.id, UUID.init(utf8:)),
            source: try reading.value(.source, EventSource.init),
            type: try reading.text(.type),
            subject: try reading.text(.subject),
            time: try reading.parsed(.time, Timestamp.init(rfc3339:)),
            dataSchema: try reading.value(.dataSchema) { $0.utf8.contains(UInt8(ascii: ":")) ? $0 : nil },
            partitionKey: try reading.text(.partitionKey),
            traceparent: reading.traceparent,
            causationID: try reading.parsedIfAny(.causationID, UUID.init(utf8:)),
            revision: try reading.parsed(.revision) { Self.decimal($0, atLeast: 1) },
            epoch: try reading.parsed(.epoch) { Self.decimal($0, atLeast: 0) },
            keyID: try reading.optional(.keyID) { $0 })
    }

    /// Throws unless the record's key is what `ce_partitionkey` says.
    public func check(key: [UInt8]?) throws(EnvelopeFault) {
        guard let key, key.elementsEqual(partitionKey.utf8) else { throw .keyDiffers }
    }

    /// A number in its one spelling: no sign, no leading zero.
    private static func decimal(_ digits: UnsafeBufferPointer<UInt8>, atLeast least: Int) -> Int? {
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, isTooMany) = number.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            if isTooMany || isTooLarge { return nil }
            number = sum
        }
        return number >= least ? number : nil
    }
}

/// The headers of an envelope by name, each at most once.
private struct HeaderReading {
    /// By the place of the name in `HeaderName.allCases`: hashing names costs more than finding them.
    private var values: [ArraySlice<UInt8>?] = Array(repeating: nil, count: Self.names.count)

    private static let names = HeaderName.allCases.map(\.rawValue)

    init(_ headers: some Sequence<EventHeader>) throws(EnvelopeFault) {
        var expected = 0
        for header in headers {
            guard let value = header.value, let place = Self.place(of: header.name, expected: expected) else {
                continue
            }
            expected = place + 1
            guard values[place] == nil else { throw .repeated(HeaderName.allCases[place]) }
            values[place] = value
        }
    }

    /// Writers keep to the order of the names, so that the next name is nearly always the one after the last.
    private static func place(of name: String, expected: Int) -> Int? {
        if expected < names.count, names[expected] == name { return expected }
        return names.firstIndex(of: name)
    }

    private func bytes(_ name: HeaderName) -> ArraySlice<UInt8>? { values[name.place] }

    /// A required header's text, which is never empty.
    func text(_ name: HeaderName) throws(EnvelopeFault) -> String {
        guard let value = bytes(name) else { throw .missing(name) }
        if value.isEmpty { throw .malformed(name) }
        // Nearly every value is ASCII; the check of the standard library for any encoding costs several times as much.
        if value.reduce(0, |) < 0x80 { return String(decoding: value, as: UTF8.self) }
        guard let text = String(validating: value, as: UTF8.self) else { throw .malformed(name) }
        return text
    }

    /// Whether a required header has just this text.
    func isText(_ text: String, in name: HeaderName) throws(EnvelopeFault) -> Bool {
        guard let value = bytes(name) else { throw .missing(name) }
        if value.isEmpty { throw .malformed(name) }
        return value.elementsEqual(text.utf8)
    }

    func value<Value>(_ name: HeaderName, _ read: (String) -> Value?) throws(EnvelopeFault) -> Value {
        guard let value = read(try text(name)) else { throw .malformed(name) }
        return value
    }

    /// A required value that is read from its bytes.
    func parsed<Value>(
        _ name: HeaderName, _ read: (UnsafeBufferPointer<UInt8>) -> Value?
    ) throws(EnvelopeFault) -> Value {
        guard let bytes = bytes(name) else { throw .missing(name) }
        guard let value = bytes.withUnsafeBufferPointer(read) else { throw .malformed(name) }
        return value
    }

    func parsedIfAny<Value>(
        _ name: HeaderName, _ read: (UnsafeBufferPointer<UInt8>) -> Value?
    ) throws(EnvelopeFault) -> Value? {
        bytes(name) == nil ? nil : try parsed(name, read)
    }

    func optional<Value>(_ name: HeaderName, _ read: (String) -> Value?) throws(EnvelopeFault) -> Value? {
        bytes(name) == nil ? nil : try value(name, read)
    }

    /// `00-<32 hex>-<16 hex>-<2 hex>`, lower case; nil for anything else.
    var traceparent: String? {
        guard let value = bytes(.traceparent).map(Array.init), value.count == 55,
            let text = String(validating: value, as: UTF8.self)
        else { return nil }
        let zero = UInt8(ascii: "0")
        func isHexadecimal(_ part: Range<Int>) -> Bool {
            value[part].allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        }
        guard value[0] == zero, value[1] == zero, [2, 35, 52].allSatisfy({ value[$0] == UInt8(ascii: "-") }),
            isHexadecimal(3..<35), isHexadecimal(36..<52), isHexadecimal(53..<55),
            value[3..<35].contains(where: { $0 != zero }), value[36..<52].contains(where: { $0 != zero })
        else { return nil }
        return text
    }
}
