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
    // The container API speaks HTTP/1.1 over a Unix socket. Half of the build time; only Containers leans on it.
    .package(url: "https://github.com/apple/swift-nio", from: "2.90.0"),
    // Diagnostics to a file; only Session writes them. Four seconds of the build.
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
  ],
  targets: [
    // C: the kernel's and ncurses' headers as Swift can see them.
    .target(name: "CLinux", path: "Sources/Kernel/CLinux"),
    .target(
      name: "CNCurses", path: "Sources/Screen/CNCurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),

    // Pure: values in, values out.
    room("Netlink", in: "Kernel"),
    room("RTNetlink", in: "Kernel", ["Netlink"]),
    room("Topology", in: "Model", [collections]),
    room("Reachability", in: "Diagnosis", ["Topology"]),
    room("Canvas", in: "Screen"),
    room("Settings", in: "Screen", ["Canvas"]),
    room("Diagram", in: "Screen", ["Topology", "Canvas"]),
    room("Viewer", in: "Screen", ["Topology", "Diagram", "Canvas", "Reachability"]),
    room("Reports", in: "Program", ["Topology", "Reachability"]),

    // The kernel, the container engine, the terminal.
    room("LinuxSystem", in: "Kernel", ["CLinux", system]),
    room("NetlinkSocket", in: "Kernel", ["Netlink", "LinuxSystem", system]),
    room("Namespaces", in: "Kernel", ["LinuxSystem", "NetlinkSocket", "RTNetlink", system]),
    room(
      "Containers", in: "Model",
      [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    room(
      "Observer", in: "Model",
      ["Topology", "RTNetlink", "NetlinkSocket", "Namespaces", "Containers", "LinuxSystem", collections, system]),
    room(
      "Probes", in: "Diagnosis",
      ["CLinux", "LinuxSystem", "NetlinkSocket", "RTNetlink", "Namespaces", "Reachability", "Topology", system]),
    room("Terminal", in: "Screen", ["CNCurses", "CLinux", "LinuxSystem", "Canvas", system]),
    room(
      "Lab", in: "Program", ["Netlink", "CLinux", "RTNetlink", "NetlinkSocket", "Namespaces", "LinuxSystem", system]),
    room(
      "Session", in: "Program",
      [
        "Observer", "Viewer", "Diagram", "Canvas", "Terminal", "Probes", "Reachability", "Reports", "Topology",
        "LinuxSystem", "Namespaces", "Containers", system, .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "netns-top",
      dependencies: [
        "Session", "Reports", "Lab", "Reachability", "Topology", "LinuxSystem", "Observer", "Diagram", "Canvas",
        "Namespaces", "Probes",
        "Settings", system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Program/netns-top",
      swiftSettings: strict,
      // gold prints a warning about mktemp in every static link of FoundationEssentials; lld does not.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),

    // Tests, and the models that they share.
    .target(
      name: "Fixtures",
      dependencies: [
        "Topology", "Canvas", "LinuxSystem", "Netlink", "RTNetlink", "NetlinkSocket", "Observer", "Probes", "Reports",
        system,
      ],
      path: "Tests/Fixtures",
      swiftSettings: strict),
    tests("NetlinkTests", ["Netlink", "RTNetlink", "Fixtures"], exclude: ["Corpus"]),
    tests("TopologyTests", ["Topology", "Reports", "Fixtures"]),
    tests("CanvasTests", ["Canvas", "Fixtures"]),
    tests("SettingsTests", ["Settings", "Canvas", "Fixtures"]),
    tests("DiagramTests", ["Diagram", "Topology", "Canvas", "Fixtures"], exclude: ["Goldens"]),
    tests("ReachabilityTests", ["Reachability", "Probes", "Topology", "Fixtures"]),
    tests(
      "ViewerTests", ["Viewer", "Diagram", "Reachability", "Topology", "Canvas", "Fixtures"], exclude: ["Goldens"]),
    tests(
      "ContainersTests",
      [
        "Containers", .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests("ObserverTests", ["Observer", "Namespaces", "Topology", "Netlink", "RTNetlink", "Fixtures"]),
    tests("TerminalTests", ["Terminal", "Canvas"]),
    // How long a frame takes; Tests/Benchmark/viewer measures the running program.
    .executableTarget(
      name: "benchmark", dependencies: ["Viewer", "Diagram", "Canvas", "Topology", "LinuxSystem", "Fixtures"],
      path: "Tests/Benchmark", exclude: ["viewer", "explain", "read.c"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])], linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    // Against the real kernel, iproute2, a real Docker engine and a real terminal: the program itself, from outside.
    tests("KernelTests", ["netns-top", "Fixtures"]),
  ]
)

if isFuzzing {
  package.products.append(.executable(name: "fuzz", targets: ["Fuzz"]))
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Fixtures"], path: "Tests/Fuzz",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}
