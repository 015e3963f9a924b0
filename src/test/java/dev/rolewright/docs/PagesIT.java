package dev.rolewright.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.Patience;
import dev.rolewright.docs.Transcript.Exchange;
import dev.rolewright.ops.PackagedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Types what the pages tell their readers to type, and holds the pages to what they promise.
class PagesIT {

    private static final String TOKEN = "the-scim-token-of-the-pages-0123456789";
    private static final String ADMIN = "the-admin-token-of-the-pages-0123456789";

    private static final String HR_TOKEN = "the-hr-token-of-the-pages-0123456789-abc";
    private static final String HR_KEY = "the-hr-key-of-the-pages-0123456789-abcdef";

    private static final String REPORT_TOKEN = "the-report-token-of-the-pages-0123456789";
    private static final String BAMBOO_TOKEN = "the-webhook-token-of-the-pages-012345678";

    private static final Path MAPPINGS = Path.of("src/docs/how-to/map-an-hr-systems-own-form.md");
    private static final Pattern PROPERTIES = Pattern.compile("(?s)```properties\n(.*?)```");

    /// A page says how long its reader waits for the target; on a busy machine it takes longer.
    private static final String SLEEP = """
            sleep() {
              command sleep "$1"
              until curl -s "$API/targets/orders" -H "Authorization: Bearer $ADMIN" | grep -q '"waiting":0,'
              do command sleep 0.2; done
            }""";

    @TempDir
    private static Path folder;

    private static PackagedApp app;

    @BeforeAll
    static void start() throws Exception {
        configure();
        app = PackagedApp.start(
                        folder,
                        Map.of(
                                "ROLEWRIGHT_DATA_DIR", folder.resolve("data").toString(),
                                "ROLEWRIGHT_SCIM_TOKEN", TOKEN,
                                "ROLEWRIGHT_ADMIN_TOKEN", ADMIN,
                                "ROLEWRIGHT_HR_SENDER_WORKDAY_TOKEN", HR_TOKEN,
                                "ROLEWRIGHT_HR_SENDER_WORKDAY_KEY", HR_KEY))
                .untilUp();
    }

    /// The mappings are those that the page shows.
    private static void configure() throws IOException {
        String settings = PROPERTIES
                .matcher(Files.readString(MAPPINGS))
                .results()
                .map(block -> block.group(1))
                .collect(joining());
        assertThat(settings).contains("sender.workday-report.mapping", "sender.bamboohr.mapping");
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/application.properties"), settings + """
                        rolewright.hr.sender.workday-report.token=%s
                        rolewright.hr.sender.bamboohr.token=%s
                        """.formatted(REPORT_TOKEN, BAMBOO_TOKEN));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        app.close();
    }

    static Stream<Path> pages() {
        return Stream.of(
                        "README.md",
                        "src/docs/tutorial/from-nothing-to-a-revoked-session.md",
                        "src/docs/how-to/connect-okta.md",
                        "src/docs/how-to/connect-entra-id.md",
                        "src/docs/how-to/prepare-a-target.md",
                        "src/docs/how-to/mend-a-broken-target.md",
                        "src/docs/how-to/decide-a-hold.md",
                        "src/docs/how-to/connect-an-hr-system.md",
                        "src/docs/how-to/find-orphans.md",
                        "src/docs/how-to/map-an-hr-systems-own-form.md")
                .map(Path::of);
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD) // a page waits for a session that must end
    void whatAPageTellsToTypeDoesWhatItPromises(Path page) throws IOException {
        String server = "http://127.0.0.1:" + app.port();
        Transcript transcript = Transcript.of(page);
        assertThat(transcript.exchanges()).isNotEmpty();
        try (Shell shell = new Shell(Map.of(
                "SERVER", server,
                "SCIM", server + "/scim/v2",
                "API", server + "/api",
                "HR", server + "/hr/v1",
                "HR_TOKEN", HR_TOKEN,
                "HR_KEY", HR_KEY,
                "REPORT_TOKEN", REPORT_TOKEN,
                "BAMBOO_TOKEN", BAMBOO_TOKEN,
                "TOKEN", TOKEN,
                "ADMIN", ADMIN))) {
            shell.run(SLEEP);
            for (Exchange exchange : transcript.exchanges()) {
                String printed = printed(shell, exchange);

                assertThat(exchange.isKept(printed))
                        .as("%s:%d %s\nprinted\n%s", page, exchange.line(), exchange.command(), printed)
                        .isTrue();
            }
        }
    }

    private static String printed(Shell shell, Exchange exchange) throws IOException {
        Instant end = Instant.now().plus(Patience.LONG);
        String printed = shell.run(exchange.command());
        while (exchange.looksLater()
                && !exchange.isKept(printed)
                && Instant.now().isBefore(end)) {
            printed = shell.run(exchange.command());
        }
        return printed;
    }
}
