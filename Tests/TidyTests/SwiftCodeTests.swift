import Testing

@Suite("Reading Swift code")
struct SwiftCodeTests {
    @Test("blanks comments, nested ones too, and keeps every line in its place")
    func comments() {
        #expect(SwiftCode.masked("a // b\nc /* d /* e\n */ f */ g") == "a     \nc          \n         g")
    }

    @Test("blanks the text of strings of every kind, and keeps what is interpolated")
    func strings() {
        #expect(SwiftCode.masked(#"f("a // \" b") + c"#) == #"f(           ) + c"#)
        #expect(SwiftCode.masked(##"f(#"a " b"#) + c"##) == ##"f(         ) + c"##)
        #expect(SwiftCode.masked("x = \"\"\"\n  a \"b\" {\n  \"\"\" + c") == "x =    \n         \n      + c")
        #expect(SwiftCode.masked(#"f("a\(g("b", (h)))c") + d"#) == #"f(    g(   , (h))   ) + d"#)
        #expect(SwiftCode.masked(##"f(#"a\(b)\#(c)d"#)"##) == ##"f(          c    )"##)
    }

    @Test("finds functions with their lengths, initialisers and nested ones too")
    func functions() {
        let text = """
            struct A {
                init(_ body: () -> Void = { }) {
                    self.init()
                }
                func f(
                    a: [Int] = { [] }()
                ) {
                    func g() { }
                    if a { }
                }
                subscript(i: Int) -> Int { i }
            }
            protocol B {
                func h()
            }
            struct C {
                let text = "func i() {"
            }
            """
        #expect(
            FunctionLength.all(in: SourceFile("A.swift", text)) == [
                FunctionLength(line: 2, lines: 3), FunctionLength(line: 8, lines: 1), FunctionLength(line: 5, lines: 6),
                FunctionLength(line: 11, lines: 1),
            ])
    }
}
