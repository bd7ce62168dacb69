using CsCheck;
using OdmNode.Core.Options;

namespace OdmNode.PropertyTests.Options;

public sealed class OptionProperties
{
    [Fact]
    public void Any_text_for_any_option_is_converted_or_refused_with_a_reason() =>
        Gen.Select(Gen.Int[0, OptionCatalogue.BuiltIn.Definitions.Count - 1], Gen.String).Sample((index, text) =>
        {
            OptionDefinition definition = OptionCatalogue.BuiltIn.Definitions[index];
            OptionValidation result = OptionCatalogue.BuiltIn.Validate([OptionInput.FromText(definition.Name, text)]);
            return result.Problems.Count == 1
                ? result.Problems[0].Name == definition.Name && result.Problems[0].Error.Length > 0
                : result.Problems.Count == 0 && result.Values.Count <= 1;
        });

    [Fact]
    public void Any_text_is_a_list_of_options_or_a_format_error() =>
        Gen.String.Sample(text =>
        {
            try
            {
                return OptionText.Parse(text) is not null;
            }
            catch (FormatException)
            {
                return true;
            }
        });
}
