internal import Foundation
internal import Runtime

extension Envelope {
    /// Reads a record's headers strictly; headers of other names are ignored.
    ///
    /// The one leniency is `traceparent`: W3C Trace Context section 3.2.2.3 has a malformed one ignored.
    public init(headers: [EventHeader]) throws(EnvelopeFault) {
        let reading = try HeaderReading(headers)
        if try reading.text(.contentType).lowercased().hasPrefix("application/cloudevents") { throw .structuredMode }
        if try reading.text(.specificationVersion) != "1.0" { throw .specificationVersion }
        guard try reading.text(.contentType) == Self.contentType else { throw .malformed(.contentType) }
        self.init(
            id: try reading.value(.id, UUID.init(uuidString:)),
            source: try reading.value(.source, EventSource.init),
            type: try reading.text(.type),
            subject: try reading.text(.subject),
            time: try reading.value(.time, Timestamp.init(rfc3339:)),
            dataSchema: try reading.value(.dataSchema) { $0.contains(":") ? $0 : nil },
            partitionKey: try reading.text(.partitionKey),
            traceparent: reading.traceparent,
            causationID: try reading.optional(.causationID, UUID.init(uuidString:)),
            revision: try reading.value(.revision) { Self.decimal($0, atLeast: 1) },
            epoch: try reading.value(.epoch) { Self.decimal($0, atLeast: 0) },
            keyID: try reading.optional(.keyID) { $0 })
    }

    /// Throws unless the record's key is what `ce_partitionkey` says.
    public func check(key: [UInt8]?) throws(EnvelopeFault) {
        guard let key, key.elementsEqual(partitionKey.utf8) else { throw .keyDiffers }
    }

    /// A number in its one spelling: no sign, no leading zero.
    private static func decimal(_ text: String, atLeast least: Int) -> Int? {
        guard let number = Int(text), number >= least, String(number) == text else { return nil }
        return number
    }
}

/// The headers of an envelope by name, each at most once.
private struct HeaderReading {
    private var values: [HeaderName: [UInt8]] = [:]

    init(_ headers: [EventHeader]) throws(EnvelopeFault) {
        for header in headers {
            guard let name = HeaderName(rawValue: header.name), let value = header.value else { continue }
            if values.updateValue(value, forKey: name) != nil { throw .repeated(name) }
        }
    }

    /// A required header's text, which is never empty.
    func text(_ name: HeaderName) throws(EnvelopeFault) -> String {
        guard let value = values[name] else { throw .missing(name) }
        guard !value.isEmpty, let text = String(validating: value, as: UTF8.self) else { throw .malformed(name) }
        return text
    }

    func value<Value>(_ name: HeaderName, _ read: (String) -> Value?) throws(EnvelopeFault) -> Value {
        guard let value = read(try text(name)) else { throw .malformed(name) }
        return value
    }

    func optional<Value>(_ name: HeaderName, _ read: (String) -> Value?) throws(EnvelopeFault) -> Value? {
        values[name] == nil ? nil : try value(name, read)
    }

    /// `00-<32 hex>-<16 hex>-<2 hex>`, lower case; nil for anything else.
    var traceparent: String? {
        guard let value = values[.traceparent], value.count == 55,
            let text = String(validating: value, as: UTF8.self)
        else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 32, 16, 2], parts[0] == "00" else { return nil }
        let hexadecimal = parts.joined().utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        return hexadecimal && parts[1].contains { $0 != "0" } && parts[2].contains { $0 != "0" } ? text : nil
    }
}
