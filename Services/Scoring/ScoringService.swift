@main
struct ScoringService {
    static func main() {}
}
