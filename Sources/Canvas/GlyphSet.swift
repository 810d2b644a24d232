/// Which characters lines, marks and bars are drawn with.
public enum GlyphSet: String, Sendable, CaseIterable { case unicode, ascii }
