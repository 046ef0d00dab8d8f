extension Request {
    /// The client's name for this attempt, nil if it sent none.
    ///
    /// The header is a structured-field string (RFC 8941 section 3.3.3: `Idempotency-Key: "8e03…"`) of 1 to 255
    /// characters. Real clients send bare tokens too; those are taken as they stand.
    /// - Throws: a `Problem` with status 400 when the header is there and is neither, or is there twice.
    public var idempotencyKey: String? {
        get throws(Problem) {
            let values = headers.all("idempotency-key")
            guard let value = values.first else { return nil }
            guard values.count == 1, let key = validKey(value) else {
                throw .badRequest("Idempotency-Key must be one quoted string of 1 to 255 printable ASCII characters.")
            }
            return key
        }
    }
}

/// The most characters a key may have.
private let idempotencyKeyCharactersMax = 255

private func validKey(_ value: String) -> String? {
    let key = value.first == "\"" ? structuredString(value) : value.isToken ? value : nil
    guard let key, (1...idempotencyKeyCharactersMax).contains(key.utf8.count) else { return nil }
    return key
}

/// The content of an `sf-string` that is the whole value. Parameters after it have no meaning here and are refused.
private func structuredString(_ value: String) -> String? {
    var content: [UInt8] = []
    var escaped = false
    var bytes = value.utf8.dropFirst()
    while let byte = bytes.popFirst() {
        switch (byte, escaped) {
        case (UInt8(ascii: "\\"), false):
            escaped = true
        case (UInt8(ascii: "\\"), true), (UInt8(ascii: "\""), true):
            content.append(byte)
            escaped = false
        case (UInt8(ascii: "\""), false):
            return bytes.isEmpty ? String(decoding: content, as: UTF8.self) : nil
        case (0x20...0x7E, false):
            content.append(byte)
        default:
            return nil
        }
    }
    return nil
}
