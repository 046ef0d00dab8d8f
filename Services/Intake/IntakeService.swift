@main
struct IntakeService {
    static func main() {}
}
