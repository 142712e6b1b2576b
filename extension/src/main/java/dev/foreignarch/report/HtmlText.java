package dev.foreignarch.report;

/** Text in HTML. */
final class HtmlText {

    private HtmlText() {}

    /** Escape what has a meaning in HTML, and leave out what is allowed in no document, such as a terminal's colors. */
    static String of(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.replaceAll("\u001B\\[[0-9;]*[A-Za-z]", "").codePoints().forEach(character -> {
            switch (character) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n', '\t' -> html.append((char) character);
                default -> {
                    if (Character.isISOControl(character)) {
                        html.append(character == '\r' ? "" : "\uFFFD");
                    } else if (Character.getType(character) == Character.SURROGATE) {
                        // Half a character: no encoding has a place for it.
                        html.append('\uFFFD');
                    } else {
                        html.appendCodePoint(character);
                    }
                }
            }
        });
        return html.toString();
    }
}
