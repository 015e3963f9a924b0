package dev.rolewright.web.pickup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolewright.handover.PasswordResult;
import dev.rolewright.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What the page says, in HTML.
final class Page {

    private static final String STYLE = file("page.css");
    private static final String SCRIPT = file("page.js");

    /// The `Content-Security-Policy`.
    static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '" + hash(SCRIPT)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String FORM = """
            <p>Your administrator has given you a link. With it you take your database password: once, and nobody
            else sees it. If you have one already, the new one takes its place.</p>
            <form method="post" action="/pickup">
            <p><label>Link <input type="text" id="link" name="link" autocomplete="off" spellcheck="false" required></label></p>
            <p><label><input type="checkbox" name="end" value="yes"> end my sessions that are open now, too</label></p>
            <button type="submit">Show my password</button>
            </form>
            <script>%s</script>
            """.formatted(SCRIPT);

    private Page() {}

    static String asking() {
        return html("Take your password", FORM);
    }

    static String useless() {
        return html(
                "This link is of no use",
                "<p>It has been used, it has expired, another one has taken its place, or it never was one."
                        + " Ask your administrator for a new one. If it is a surprise to you that it was used, say so:"
                        + " somebody else may have been here.</p>");
    }

    static String nothing() {
        return html(
                "There is no password to take",
                "<p>You have no login that takes a password just now. The link stays as good as it was.</p>");
    }

    static String results(List<PasswordResult> results) {
        boolean given = results.stream().anyMatch(PasswordResult.Given.class::isInstance);
        return html(
                given ? "Your password" : "No password could be set",
                (given
                                ? "<p>Keep it in your password manager now. It is shown this once and kept nowhere here.</p>"
                                : "")
                        + results.stream().map(Page::result).collect(Collectors.joining("", "<dl>", "</dl>"))
                        + (results.stream().anyMatch(PasswordResult.NotGiven.class::isInstance)
                                ? "<p>For what could not be set your old password is as it was, and the link is still"
                                        + " good.</p>"
                                : ""));
    }

    private static String result(PasswordResult result) {
        return "<dt>" + escaped(result.target().value()) + "</dt>"
                + switch (result) {
                    case PasswordResult.Given it ->
                        "<dd>login <code>" + escaped(it.login().value()) + "</code></dd><dd>password <code>"
                                + escaped(it.password().reveal()) + "</code></dd><dd>works until "
                                + it.ends() + "</dd>"
                                + (it.sessions() == 0
                                        ? ""
                                        : "<dd>" + it.sessions() + (it.sessions() == 1 ? " session" : " sessions")
                                                + " of yours stayed open</dd>");
                    case PasswordResult.NotGiven it -> "<dd>" + escaped(it.why()) + "</dd>";
                };
    }

    private static String html(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title + "</title><style>"
                + STYLE + "</style></head><body><h1>" + title + "</h1>" + body + "</body></html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String file(String name) {
        try (InputStream stream = Objects.requireNonNull(Page.class.getResourceAsStream("/pickup/" + name), name)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String inline) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(inline));
    }
}
