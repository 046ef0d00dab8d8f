/// The grammar of everything that holds nothing: strings, numbers, literals, whitespace (RFC 8259 sections 2, 3, 6, 7).
extension JSONParser {
    /// The byte at the position, or nil at the end.
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Steps over `byte` and the whitespace behind it, if it is what comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        skipWhitespace()
        return true
    }

    mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    /// Steps over a string with its quotation marks. True if it has an escape sequence.
    mutating func skipString() throws(JSONFault) -> Bool {
        var hasEscapes = false
        position += 1
        while true {
            position = endOfPlainText(from: position)
            switch peek {
            case nil: throw fault(.endsEarly)
            case UInt8(ascii: "\""):
                position += 1
                return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            default: throw fault(.controlCharacter)
            }
        }
    }

    /// Where the first byte is that doesn't stand for itself in a string; the end, if there is none.
    private func endOfPlainText(from start: Int) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var end = start
            while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""),
                bytes[end] != UInt8(ascii: "\\")
            {
                end += 1
            }
            return end
        }
    }

    private mutating func skipEscape() throws(JSONFault) {
        let start = position
        position += 1
        guard let byte = peek else { throw fault(.endsEarly) }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            let unit = try codeUnit()
            guard 0xD800...0xDFFF ~= unit else { return }
            guard unit < 0xDC00, peek == UInt8(ascii: "\\"), bytes[safe: position + 1] == UInt8(ascii: "u") else {
                position = start
                throw fault(.surrogateAlone)
            }
            position += 2
            guard 0xDC00...0xDFFF ~= (try codeUnit()) else {
                position = start
                throw fault(.surrogateAlone)
            }
        default:
            position = start
            throw fault(.escapeGrammar)
        }
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek else { throw fault(.endsEarly) }
            guard let digit = JSONText.hexadecimal(byte) else { throw fault(.escapeGrammar) }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    /// Steps over a number: `-`? (0 | digits without leading 0) (. digits)? (e sign? digits)?
    mutating func skipNumber() throws(JSONFault) {
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") {
            position += 1
        } else {
            try skipDigits()
        }
        if peek == UInt8(ascii: ".") {
            position += 1
            try skipDigits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        if let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { throw fault(.numberGrammar) }
    }

    private mutating func skipDigits() throws(JSONFault) {
        let start = position
        while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
        if position == start { throw fault(orEnd: .numberGrammar) }
    }

    mutating func skipLiteral(_ text: StaticString) throws(JSONFault) {
        for place in 0..<text.utf8CodeUnitCount {
            guard peek == text.utf8Start[place] else { throw fault(orEnd: .valueExpected) }
            position += 1
        }
    }

    /// A fault where the parser stands.
    func fault(_ reason: JSONFault.Reason) -> JSONFault {
        JSONFault(reason, at: position, in: bytes, nodes: nodes)
    }

    /// The same, unless the document ended there: then that is the reason.
    func fault(orEnd reason: JSONFault.Reason) -> JSONFault {
        fault(peek == nil ? .endsEarly : reason)
    }
}

extension [UInt8] {
    /// The byte at `position`, or nil outside.
    fileprivate subscript(safe position: Int) -> UInt8? {
        indices.contains(position) ? self[position] : nil
    }
}
