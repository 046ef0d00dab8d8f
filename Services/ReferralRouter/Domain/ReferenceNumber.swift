/// What people say on the telephone instead of a name, as `4T7K-92QX`: seven symbols that tell nothing and one that
/// checks them.
///
/// Twenty-nine symbols: digits and consonants that aren't taken for each other when heard or read, and no vowel, so
/// that no word comes about. Twenty-nine is prime, so that the check symbol finds every single wrong symbol and every
/// two that changed places. Seven symbols are 34 bits: nobody who doesn't know the offer's id can work one out.
struct ReferenceNumber: Hashable, Sendable, CustomStringConvertible {
    private static let alphabet = Array("23456789BCDFGHJKLMNPQRSTVWXYZ")
    private static let length = 8

    private let symbols: [Int]

    /// The number that a hash of at least eight bytes gives.
    init(hash: [UInt8]) {
        var rest = hash.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var symbols: [Int] = []
        for _ in 1..<Self.length {
            symbols.append(Int(rest % UInt64(Self.alphabet.count)))
            rest /= UInt64(Self.alphabet.count)
        }
        self.symbols = symbols + [Self.check(symbols)]
    }

    /// Reads a number as somebody wrote it: small letters, spaces and hyphens don't matter. Nil when it doesn't check.
    init?(_ text: String) {
        let written = text.uppercased().filter { $0 != "-" && $0 != " " }
        let symbols = written.compactMap { Self.alphabet.firstIndex(of: $0) }
        guard symbols.count == Self.length, written.count == Self.length,
            symbols.last == Self.check(Array(symbols.dropLast()))
        else { return nil }
        self.symbols = symbols
    }

    var description: String {
        let text = symbols.map { String(Self.alphabet[$0]) }
        return text.prefix(4).joined() + "-" + text.suffix(4).joined()
    }

    private static func check(_ symbols: [Int]) -> Int {
        let sum = zip(2..., symbols).reduce(0) { $0 + $1.0 * $1.1 }
        return (alphabet.count - sum % alphabet.count) % alphabet.count
    }
}
