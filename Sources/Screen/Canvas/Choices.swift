/// Whether to use colours; `auto`: as the output and its user seem to want it.
public enum ColorChoice: String, Sendable, CaseIterable { case auto, always, never }

/// Which characters to draw with; `auto`: as the locale and the terminal can.
public enum GlyphChoice: String, Sendable, CaseIterable { case auto, unicode, ascii }
