/// A JSON object on one line, its members in the order in which they are added.
///
/// Written here because Foundation's encoders don't keep an order. Every control character is escaped, so no value can
/// begin a new line.
struct JSONLine {
    private var bytes: [UInt8] = []
    private var isFirst = true

    init() {
        bytes.reserveCapacity(512)
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func member(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    mutating func member(_ field: Field) {
        key(field.name.description)
        switch field.value {
        case .text(let text): string(text)
        case .bare(let text): bytes.append(contentsOf: text.utf8)
        }
    }

    mutating func object(_ name: String, _ fill: (inout JSONLine) -> Void) {
        key(name)
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        fill(&self)
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    /// The whole line with its newline.
    consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private mutating func key(_ name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case 0..<0x20, 0x7F: bytes.append(contentsOf: "\\u00\(hex: byte)".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
