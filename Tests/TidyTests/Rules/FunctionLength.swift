/// How many lines a function has, from `func` to its closing brace.
struct FunctionLength: Equatable {
    /// Where it begins, from 1.
    let line: Int
    let lines: Int

    /// Every function, initialiser and subscript of a Swift file that has a body, nested ones too, in the order in
    /// which they end.
    static func all(in file: SourceFile) -> [FunctionLength] {
        var scan = Scan()
        for (number, line) in zip(1..., file.code) { scan.read(line, number) }
        return scan.found
    }

    /// Counts braces. A brace between parentheses belongs to a default value or an argument, never to the body of the
    /// function whose parameters they are.
    private struct Scan {
        private(set) var found: [FunctionLength] = []
        private var parentheses = 0
        /// The function whose body has not begun, and how deep in parentheses it stands.
        private var announced: (line: Int, parentheses: Int)?
        /// One entry for each open brace: the line of the function whose body it begins.
        private var braces: [Int?] = []

        mutating func read(_ line: Substring, _ number: Int) {
            var previous: Character = "\n"
            var word = ""
            for character in line + "\n" {
                if character.isLetter || character.isNumber || character == "_" {
                    if word.isEmpty, previous == "." { word = "." }
                    word.append(character)
                } else {
                    if ["func", "init", "deinit", "subscript"].contains(word) { announced = (number, parentheses) }
                    word = ""
                    punctuation(character, number)
                }
                previous = character
            }
        }

        private mutating func punctuation(_ character: Character, _ number: Int) {
            switch character {
            case "(", "[": parentheses += 1
            case ")", "]": parentheses -= 1
            case "{":
                let isBody = announced?.parentheses == parentheses
                braces.append(isBody ? announced?.line : nil)
                if isBody { announced = nil }
            case "}":
                // A requirement of a protocol has no body; the protocol's end forgets the last one.
                if announced?.parentheses == parentheses { announced = nil }
                if let begin = braces.popLast() ?? nil {
                    found.append(FunctionLength(line: begin, lines: number - begin + 1))
                }
            default: break
            }
        }
    }
}
