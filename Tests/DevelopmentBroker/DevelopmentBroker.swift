@main
struct DevelopmentBroker {
    static func main() {}
}
