import Canvas
import Fixtures
import Testing
import Topology

@testable import Diagram

/// What people have, at the three sizes that they have it at; each was looked at as an image.
@Suite struct HostTests {
  @Test(arguments: Hosts.all.indices, PictureTests.sizes) func everyHost(index: Int, size: Size) {
    let (name, snapshot) = Hosts.all[index]
    // As the viewer has it: under its title, above its footer and the line of what is selected.
    let canvas = picture(snapshot, Size(width: size.width, height: size.height - 2))
    #expect(Golden.difference(canvas, "host-\(name)-\(size.width)x\(size.height)") == nil)
  }
}
