import Foundation
import Testing

/// Where a run of random tests begins. It is printed with every failure, and a test may be given one.
struct Seed: Sendable, CustomStringConvertible {
    let number: UInt64

    init(_ number: UInt64) {
        self.number = number
    }

    static func fresh() -> Seed { Seed(UInt64.random(in: 0...UInt64(UInt32.max))) }

    var description: String { "\(number)" }

    func generator() -> SplitMix { SplitMix(state: number) }
}

/// A small generator (SplitMix64) whose every run is the same for the same seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Random valid JSON, with every way of writing things.
enum RandomJSON {
    static func document(_ random: inout SplitMix) -> [UInt8] {
        var bytes: [UInt8] = []
        value(depth: 0, &bytes, &random)
        space(&bytes, &random)
        return bytes
    }

    /// Random text: ASCII, control characters, other scripts, characters beyond the first plane.
    static func text(_ random: inout SplitMix) -> String {
        let ranges: [ClosedRange<UInt32>] = [0x00...0x1F, 0x20...0x7E, 0x20...0x7E, 0xA0...0x7FF, 0x1F300...0x1F5FF]
        return (0..<Int.random(in: 0...12, using: &random)).reduce(into: "") { text, _ in
            guard let range = ranges.randomElement(using: &random),
                let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random))
            else { return }
            text.unicodeScalars.append(scalar)
        }
    }

    private static func value(depth: Int, _ bytes: inout [UInt8], _ random: inout SplitMix) {
        space(&bytes, &random)
        switch Int.random(in: 0..<(depth > 6 ? 4 : 7), using: &random) {
        case 0: bytes += Array(["true", "false", "null"].randomElement(using: &random)?.utf8 ?? "null".utf8)
        case 1: number(&bytes, &random)
        case 2, 3: string(text(&random), &bytes, &random)
        case 4: array(depth: depth, &bytes, &random)
        default: object(depth: depth, &bytes, &random)
        }
    }

    private static func array(depth: Int, _ bytes: inout [UInt8], _ random: inout SplitMix) {
        bytes.append(UInt8(ascii: "["))
        for index in 0..<Int.random(in: 0...4, using: &random) {
            if index > 0 { separate(",", &bytes, &random) }
            value(depth: depth + 1, &bytes, &random)
        }
        space(&bytes, &random)
        bytes.append(UInt8(ascii: "]"))
    }

    private static func object(depth: Int, _ bytes: inout [UInt8], _ random: inout SplitMix) {
        bytes.append(UInt8(ascii: "{"))
        for index in 0..<Int.random(in: 0...4, using: &random) {
            if index > 0 { separate(",", &bytes, &random) }
            space(&bytes, &random)
            let name = index == 0 ? ["a", "b", "answer"].randomElement(using: &random) : nil
            string((name ?? text(&random)) + (index == 0 ? "" : "-\(index)"), &bytes, &random)
            separate(":", &bytes, &random)
            value(depth: depth + 1, &bytes, &random)
        }
        space(&bytes, &random)
        bytes.append(UInt8(ascii: "}"))
    }

    private static func number(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        var text = Bool.random(using: &random) ? "-" : ""
        text += String(Int.random(in: 0...99_999, using: &random))
        if Bool.random(using: &random) { text += ".\(Int.random(in: 0...9_999, using: &random))" }
        if Int.random(in: 0..<4, using: &random) == 0 {
            text += ["e", "E", "e+", "E-"].randomElement(using: &random) ?? "e"
            text += String(Int.random(in: 0...20, using: &random))
        }
        bytes += Array(text.utf8)
    }

    private static func string(_ text: String, _ bytes: inout [UInt8], _ random: inout SplitMix) {
        bytes.append(UInt8(ascii: "\""))
        for unit in text.unicodeScalars {
            if unit.value < 0x20 || unit == "\"" || unit == "\\" || Int.random(in: 0..<8, using: &random) == 0 {
                for code in String(unit).utf16 {
                    bytes += Array(String(format: Bool.random(using: &random) ? "\\u%04x" : "\\u%04X", Int(code)).utf8)
                }
            } else {
                bytes += Array(String(unit).utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func separate(_ sign: String, _ bytes: inout [UInt8], _ random: inout SplitMix) {
        space(&bytes, &random)
        bytes += Array(sign.utf8)
    }

    private static func space(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        guard Int.random(in: 0..<4, using: &random) == 0 else { return }
        bytes += Array([" ", "\n", "\t", "\r", "  "].randomElement(using: &random)?.utf8 ?? " ".utf8)
    }
}

/// Damage as a broken client or network does it.
enum Damage {
    /// The bytes with one to four small changes.
    static func some(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let position = Int.random(in: bytes.indices, using: &random)
            let end = min(bytes.count, position + Int.random(in: 1...24, using: &random))
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes.remove(at: position)
            case 1: bytes[position] = UInt8.random(in: 1...255, using: &random)
            case 2: bytes[position] = Array("{}[]\",:\\-0e.".utf8).randomElement(using: &random) ?? 0x22
            case 3: bytes.insert(contentsOf: bytes[position..<end], at: position)
            case 4: bytes.removeSubrange(position..<end)
            case 5: bytes.removeSubrange(position...)
            default:
                let other = Int.random(in: bytes.indices, using: &random)
                bytes.insert(contentsOf: bytes[position..<end], at: other)
            }
        }
        return bytes
    }
}
