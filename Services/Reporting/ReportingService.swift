@main
struct ReportingService {
    static func main() {}
}
