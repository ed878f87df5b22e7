// Every method of the Java SDK against a running server: `java checks.Main plain|drop-in`.
package checks;

final class Main {
  public static void main(String[] args) {
    Connection.open(args[0]);
    Tap tap = new Tap();
    tap.area(AccountChecks::account);
    tap.area(AccountChecks::pricing);
    tap.area(ApplicationChecks::applications);
    tap.area(NumberChecks::phoneNumbers);
    tap.area(NumberChecks::numbers);
    tap.area(PowerpackChecks::powerpacks);
    tap.area(PoolChecks::pool);
    tap.area(AccountChecks::subaccounts);
    tap.area(ErrorChecks::errors);
    tap.area(MessageChecks::messages);
    tap.area(MediaChecks::media);
    tap.area(CallbackChecks::callbacks);
    tap.area(ReplyChecks::replies);
    tap.area(MessageErrorChecks::errors);
    tap.finish();
  }
}
