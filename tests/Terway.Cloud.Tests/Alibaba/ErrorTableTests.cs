using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Tests.Alibaba;

public class ErrorTableTests
{
    [Theory]
    [InlineData("CreateNetworkInterface", 400, "Throttling", CloudErrorKind.Throttled)]
    [InlineData("CreateNetworkInterface", 400, "Throttling.User", CloudErrorKind.Throttled)]
    [InlineData("CreateNetworkInterface", 400, "Throttling.Api", CloudErrorKind.Throttled)]
    [InlineData("CreateNetworkInterface", 429, "Whatever", CloudErrorKind.Throttled)]
    [InlineData("CreateNetworkInterface", 500, "InternalError", CloudErrorKind.Ambiguous)]
    [InlineData("CreateNetworkInterface", 502, "", CloudErrorKind.Ambiguous)]
    [InlineData("DescribeVSwitches", 500, "InternalError", CloudErrorKind.Retryable)]
    [InlineData("AttachNetworkInterface", 400, "SignatureNonceUsed", CloudErrorKind.Ambiguous)]
    [InlineData("DescribeVSwitches", 400, "SignatureNonceUsed", CloudErrorKind.Retryable)]
    [InlineData("DescribeVSwitches", 503, "", CloudErrorKind.Retryable)]
    [InlineData("AttachNetworkInterface", 403, "EniPerInstanceLimitExceeded", CloudErrorKind.Quota)]
    [InlineData("CreateNetworkInterface", 403, "MaxEniCountExceeded", CloudErrorKind.Quota)]
    [InlineData("CreateNetworkInterface", 403, "SecurityGroupInstanceLimitExceed", CloudErrorKind.Quota)]
    [InlineData("AssignIpv6Addresses", 403, "InvalidOperation.Ipv6CountExceeded", CloudErrorKind.Quota)]
    [InlineData("AssignPrivateIpAddresses", 403, "InvalidVSwitchId.IpNotEnough", CloudErrorKind.VSwitchFull)]
    [InlineData("AssignPrivateIpAddresses", 400, "QuotaExceeded.PrivateIpAddress", CloudErrorKind.VSwitchFull)]
    [InlineData("DeleteNetworkInterface", 404, "InvalidEniId.NotFound", CloudErrorKind.NotFound)]
    [InlineData("DetachNetworkInterface", 404, "InvalidEcsId.NotFound", CloudErrorKind.NotFound)]
    [InlineData("UnassignPrivateIpAddresses", 403, "InvalidIp.IpUnassigned", CloudErrorKind.NotFound)]
    [InlineData("AssignPrivateIpAddresses", 403, "Operation.Conflict", CloudErrorKind.Conflict)]
    [InlineData("AssignPrivateIpAddresses", 409, "OperationConflict", CloudErrorKind.Conflict)]
    [InlineData("CreateNetworkInterface", 403, "LastTokenProcessing", CloudErrorKind.Conflict)]
    [InlineData("CreateNetworkInterface", 403, "Forbidden.RAM", CloudErrorKind.Permission)]
    [InlineData("AssignIpv6Addresses", 403, "Forbbiden.SubUser", CloudErrorKind.Permission)]
    [InlineData("AssignIpv6Addresses", 403, "Forbedden.NotSupportRAM", CloudErrorKind.Permission)]
    [InlineData("CreateNetworkInterface", 404, "InvalidAccessKeyId.NotFound", CloudErrorKind.Permission)]
    [InlineData("CreateNetworkInterface", 400, "InvalidSecurityToken.Expired", CloudErrorKind.Permission)]
    [InlineData("DeleteNetworkInterface", 400, "InvalidOperation.InvalidEniState", CloudErrorKind.InvalidState)]
    [InlineData("AttachNetworkInterface", 400, "InvalidOperation.InvalidEcsState", CloudErrorKind.InvalidState)]
    [InlineData("CreateNetworkInterface", 400, "MissingParameter", CloudErrorKind.Invalid)]
    [InlineData("CreateNetworkInterface", 404, "InvalidApi.NotFound", CloudErrorKind.Invalid)]
    [InlineData("CreateNetworkInterface", 400, "SomethingNew", CloudErrorKind.Invalid)]
    public void Code_has_its_kind(string action, int status, string code, CloudErrorKind kind)
    {
        var failure = AlibabaErrors.FromResponse(action, status, code, "as told", new RequestId("REQ-1"));

        failure.Kind.Should().Be(kind);
        (failure.Quota is not null).Should().Be(kind == CloudErrorKind.Quota);
        failure.IsTransient.Should().Be(kind is CloudErrorKind.Retryable or CloudErrorKind.Throttled or CloudErrorKind.Conflict or CloudErrorKind.Ambiguous);
        failure.Message.Should().Contain(action).And.Contain("as told").And.Contain("REQ-1").And.Contain($"HTTP {status}");
    }

    [Fact]
    public void Message_names_action_code_request_and_what_helps()
    {
        var failure = AlibabaErrors.FromResponse("AttachNetworkInterface", 403, "EniPerInstanceLimitExceeded", "The instance i-1 is full.", new RequestId("REQ-1"));

        failure.Message.Should().Be(
            "AttachNetworkInterface failed: EniPerInstanceLimitExceeded (HTTP 403): The instance i-1 is full. [request REQ-1] Take an instance type with more ENIs, or run fewer pods here.");
    }
}
