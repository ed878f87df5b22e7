package rucksack.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that asks for a {@link Rucksack} an account of its own, on one server for all tests of the run, which the first of
 * them starts.
 */
public final class RucksackExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RucksackExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Rucksack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RucksackServer server = context.getRoot().getStore(NAMESPACE)
        .getOrComputeIfAbsent("server", key -> RucksackServer.open(), RucksackServer.class);
    // The same one in the test and in what runs before it.
    return context.getStore(NAMESPACE).getOrComputeIfAbsent("account", key -> server.makeAccount(), Rucksack.class);
  }
}
