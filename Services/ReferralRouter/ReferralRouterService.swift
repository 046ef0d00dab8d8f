@main
struct ReferralRouterService {
    static func main() {}
}
