// swift-tools-version: 6.2
// netns-top: see which veth belongs to which container, and why A cannot reach B.

import PackageDescription

// Coverage-guided fuzzing needs a toolchain with the sanitizers; Tests/Fuzz says how.
let isFuzzing = Context.environment["FUZZ"] != nil

/// Every room is compiled with the same strictness; a warning is a defect.
let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
  ] + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let nio = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { Target.Dependency.product(name: $0, package: "swift-nio") }

/// A room is one target; its folder stands in the folder of its wing.
func room(_ name: String, in wing: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(wing)/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "netns-top",
  products: [.executable(name: "netns-top", targets: ["netns-top"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
    // For `partitioningIndex`, the one binary search.
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.0"),
    // The container API speaks HTTP/1.1 over a Unix socket. Half of the build time; only Containers leans on it.
    .package(url: "https://github.com/apple/swift-nio", from: "2.90.0"),
    // Diagnostics to a file; only Session writes them. Four seconds of the build.
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
  ],
  targets: [
    // Words: all that a person reads, in every language.
    room("Speech", in: "Words"),
    room("Sentences", in: "Words", ["Speech"]),
    room("Labels", in: "Words", ["Speech"]),
    room("Usage", in: "Words", ["Speech"]),
    room("Story", in: "Words", ["Speech"]),
    room("Chapters", in: "Words", ["Speech"]),

    // Kernel: how Linux is spoken to.
    .target(name: "CLinux", path: "Sources/Kernel/CLinux"),
    room("LinuxSystem", in: "Kernel", ["Labels", "CLinux", system]),
    room("Netlink", in: "Kernel"),
    room("RTNetlink", in: "Kernel", ["Netlink"]),
    room("NFNetlink", in: "Kernel", ["Netlink"]),
    room("SockDiag", in: "Kernel", ["Netlink"]),
    room("GenericNetlink", in: "Kernel", ["Netlink"]),
    room("JSON", in: "Kernel"),
    room("NetlinkSocket", in: "Kernel", ["Labels", "CLinux", "LinuxSystem", "Netlink", system]),
    room(
      "Namespaces", in: "Kernel",
      ["Labels", "CLinux", "LinuxSystem", "Netlink", "RTNetlink", "NetlinkSocket", system]),

    // Model: what is true.
    room("Topology", in: "Model", ["Labels", algorithms, collections]),
    room(
      "Readings", in: "Model",
      [
        "CLinux", "LinuxSystem", "Netlink", "RTNetlink", "SockDiag", "NetlinkSocket", "Namespaces", "Topology", system,
      ]),
    room("Containers", in: "Model", ["Labels", "LinuxSystem", "JSON", "Topology", system] + nio),
    room(
      "Observer", in: "Model",
      [
        "Labels",
        "LinuxSystem", "Netlink", "RTNetlink", "NetlinkSocket", "Namespaces", "Topology", "Readings", "Containers",
        algorithms, collections, system,
      ]),

    // Diagnosis: why.
    room("Netfilter", in: "Diagnosis", ["Sentences", "JSON", "Topology"]),
    room("Paths", in: "Diagnosis", ["Sentences", "Topology", deque]),
    room("Questions", in: "Diagnosis", ["Sentences", "Topology", "Netfilter", "Paths"]),
    room("Names", in: "Diagnosis", ["Sentences", "Topology", "Questions"]),
    room("Conclusions", in: "Diagnosis", ["Sentences", "Topology", "Netfilter", "Paths", "Questions"]),
    room("Knowledge", in: "Diagnosis", ["Sentences", "Topology", "Netfilter", "Paths", "Questions"]),
    room(
      "Walk", in: "Diagnosis",
      ["Sentences", "Topology", "Netfilter", "Paths", "Questions", "Knowledge", "Conclusions"]),
    room(
      "Diagnosis", in: "Diagnosis",
      ["Sentences", "Topology", "Netfilter", "Paths", "Questions", "Knowledge", "Conclusions", "Walk"]),
    room(
      "Probes", in: "Diagnosis",
      [
        "Sentences", "Labels",
        "CLinux", "LinuxSystem", "Netlink", "RTNetlink", "NFNetlink", "GenericNetlink", "NetlinkSocket", "Namespaces",
        "Topology", "Readings", "Netfilter", "Paths", "Questions", "Names", "Conclusions", "Diagnosis", system,
      ]),

    // Screen: what is seen.
    .target(
      name: "CNCurses", path: "Sources/Screen/CNCurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    room("Canvas", in: "Screen", ["Labels", algorithms]),
    room("Terminal", in: "Screen", ["Labels", "CLinux", "LinuxSystem", "CNCurses", "Canvas", system]),
    room("Diagram", in: "Screen", ["Labels", "Topology", "Canvas", algorithms]),
    room("Listing", in: "Screen", ["Labels", "Topology", "Diagram"]),
    room(
      "Prose", in: "Screen",
      ["Labels", "Topology", "Netfilter", "Paths", "Questions", "Conclusions", "Canvas"]),
    room("Inspection", in: "Screen", ["Labels", "Topology", "Canvas", "Diagram", "Listing"]),
    room("Keys", in: "Screen", ["Labels", "Topology", "Canvas"]),
    room("Settings", in: "Screen", ["Speech", "Usage", "Topology", "Canvas", "Keys"]),
    room(
      "Viewer", in: "Screen",
      [
        "Labels", "Topology", "Paths", "Conclusions", "Diagnosis", "Canvas", "Diagram", "Listing",
        "Inspection", "Prose", "Keys",
      ]),
    room("Guides", in: "Screen", ["Story", "Topology", "Paths", "Conclusions", "Canvas", "Keys", "Viewer"]),

    // Program: what is run.
    room(
      "Reports", in: "Program",
      [
        "Speech", "Usage",
        "JSON", "LinuxSystem", "Topology", "Netfilter", "Paths", "Questions", "Conclusions", "Canvas", "Listing",
        "Diagram",
        "Prose",
      ]),
    room("Manual", in: "Program", ["Chapters", "JSON", "Topology", "Conclusions", "Canvas", "Settings", "Keys"]),
    room(
      "Lab", in: "Program",
      [
        "Usage", "CLinux", "LinuxSystem", "Netlink", "RTNetlink", "NFNetlink", "NetlinkSocket", "Namespaces",
        system,
      ]),
    room(
      "Session", in: "Program",
      [
        "Usage",
        "LinuxSystem", "Namespaces", "Topology", "Containers", "Observer", "Paths", "Questions", "Conclusions",
        "Diagnosis", "Probes", "Canvas",
        "Terminal",
        "Keys", "Settings", "Viewer", "Guides", "Reports", "Story", system,
        .product(name: "Logging", package: "swift-log"),
      ]),
    room(
      "Commands", in: "Program",
      [
        "Usage",
        "LinuxSystem", "NetlinkSocket", "Topology", "Readings", "Observer", "Paths", "Questions", "Conclusions",
        "Diagnosis", "Canvas", "Keys", "Viewer", "Guides", "Reports", "Session",
        system,
      ]),
    .executableTarget(
      name: "netns-top",
      dependencies: [
        "Usage", "Chapters",
        "JSON", "LinuxSystem", "Namespaces", "Topology", "Containers", "Observer", "Paths", "Questions", "Canvas",
        "Settings", "Reports", "Manual", "Lab", "Guides", "Story",
        "Session", "Commands", system, .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Program/netns-top",
      swiftSettings: strict,
      // gold prints a warning about mktemp in every static link of FoundationEssentials; lld does not.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),

    // Tests, each named after its room, and the models that they share.
    .target(
      name: "Fixtures",
      dependencies: [
        "LinuxSystem", "JSON", "Netlink", "RTNetlink", "NFNetlink", "NetlinkSocket", "Namespaces", "Topology",
        "Readings", "Containers", "Netfilter", "Questions", "Names", "Reports", "Canvas", "Settings", "SockDiag",
        "GenericNetlink",
        system,
      ],
      path: "Tests/Fixtures",
      swiftSettings: strict),
    tests("NetlinkTests", ["Netlink", "RTNetlink", "Fixtures"]),
    tests("RTNetlinkTests", ["Netlink", "RTNetlink"]),
    tests("NFNetlinkTests", ["Netlink", "NFNetlink"]),
    tests("SockDiagTests", ["Netlink", "SockDiag"]),
    tests("GenericNetlinkTests", ["Netlink", "GenericNetlink"]),
    tests("JSONTests", ["JSON", "Fixtures"]),
    tests("NetlinkSocketTests", ["Netlink", "RTNetlink", "NetlinkSocket", "Fixtures", system]),
    tests("NamespacesTests", ["CLinux", "Namespaces"]),
    tests("TopologyTests", ["Speech", "Topology", "Fixtures"]),
    tests(
      "ReadingsTests",
      ["LinuxSystem", "Netlink", "RTNetlink", "NetlinkSocket", "Topology", "Readings", "Fixtures", system],
      exclude: ["Corpus"]),
    tests(
      "ContainersTests",
      ["Containers", "Topology", "Fixtures", .product(name: "NIOEmbedded", package: "swift-nio")] + nio.prefix(2),
      exclude: ["Recordings"]),
    tests(
      "ObserverTests",
      [
        "LinuxSystem", "Netlink", "RTNetlink", "NetlinkSocket", "Namespaces", "Topology", "Readings", "Containers",
        "Observer", "Fixtures", system,
      ]),
    tests("NetfilterTests", ["Topology", "Netfilter", "Fixtures"]),
    tests("PathsTests", ["Topology", "Paths", "Fixtures"]),
    tests("WalkTests", ["Topology", "Paths", "Questions", "Knowledge", "Conclusions", "Walk", "Fixtures"]),
    tests("NamesTests", ["Topology", "Questions", "Names", "Fixtures"]),
    tests(
      "ProbesTests",
      [
        "LinuxSystem", "NFNetlink", "Namespaces", "Topology", "Netfilter", "Paths", "Questions", "Names", "Probes",
      ]),
    tests("CanvasTests", ["Canvas", "Fixtures"]),
    tests("SettingsTests", ["Speech", "Canvas", "Keys", "Settings", "Fixtures"]),
    tests("TerminalTests", ["CLinux", "Canvas", "Terminal"]),
    tests("DiagramTests", ["Topology", "Canvas", "Diagram", "Fixtures"], exclude: ["Goldens"]),
    tests(
      "ViewerTests",
      [
        "Speech", "Labels", "Topology", "Paths", "Questions", "Conclusions", "Diagnosis", "Canvas", "Diagram",
        "Listing", "Prose", "Keys", "Viewer", "Fixtures",
      ],
      exclude: ["Goldens"]),
    tests(
      "GuidesTests",
      [
        "Speech", "Story", "Topology", "Paths", "Conclusions", "Canvas", "Keys", "Viewer", "Guides", "Fixtures",
      ],
      exclude: ["Goldens"]),
    tests("ReportsTests", ["Topology", "Paths", "Questions", "Conclusions", "Canvas", "Reports", "Fixtures"]),
    tests("ManualTests", ["Speech", "JSON", "Conclusions", "Canvas", "Settings", "Keys", "Manual"]),
    // How long a frame takes; Tests/Benchmark/viewer measures the running program.
    .executableTarget(
      name: "benchmark", dependencies: ["LinuxSystem", "Topology", "Paths", "Canvas", "Diagram", "Viewer", "Fixtures"],
      path: "Tests/Benchmark", exclude: ["viewer", "explain", "hostile", "read.c"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])], linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    // Against the real kernel, iproute2, a real Docker engine and a real terminal: the program itself, from outside.
    tests("KernelTests", ["netns-top", "forger", "responder", "Fixtures"]),
    // Answers to other people's pings, for ForgeryTests.
    .executableTarget(name: "forger", path: "Tests/Forger"),
    // Servers that answer names and datagrams, for ConversationTests.
    .executableTarget(name: "responder", path: "Tests/Responder"),
  ]
)

if isFuzzing {
  package.products.append(.executable(name: "fuzz", targets: ["Fuzz"]))
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Fixtures"], path: "Tests/Fuzz", exclude: ["Corpus"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}
