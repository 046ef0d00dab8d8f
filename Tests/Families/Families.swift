@main
struct Families {
    static func main() {}
}
