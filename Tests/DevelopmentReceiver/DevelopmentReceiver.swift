@main
struct DevelopmentReceiver {
    static func main() {}
}
