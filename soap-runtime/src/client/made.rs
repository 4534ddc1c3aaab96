//! What is the same in all clients that `#[soap_service]` makes, as a macro: expansions stay short, and whether
//! there is `connect` depends on the features of this crate, not on those of the one that is expanded in.

/// The type of a client, and what it is made by.
#[doc(hidden)]
#[macro_export]
macro_rules! __soap_client {
    ($(#[doc = $docs:expr])* $visibility:vis $client:ident, $service:ty) => {
        $(#[doc = $docs])*
        #[allow(dead_code)]
        $visibility struct $client($crate::client::Client);

        #[automatically_derived]
        impl $crate::client::ServiceClient for $client {
            fn over(transport: impl $crate::client::Transport) -> Self {
                Self($crate::client::Client::of::<$service>(transport))
            }
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $client {
            fn clone(&self) -> Self {
                Self(::core::clone::Clone::clone(&self.0))
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $client {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }

        #[allow(dead_code)]
        impl $client {
            $crate::__soap_connect!();

            /// The client whose messages are carried by `transport`: a [`Service`]($crate::Service) of this program,
            /// say.
            $visibility fn over(transport: impl $crate::client::Transport) -> Self {
                <Self as $crate::client::ServiceClient>::over(transport)
            }

            /// The same, which speaks SOAP 1.2 in place of SOAP 1.1.
            #[must_use]
            $visibility fn soap12(self) -> Self {
                Self(self.0.soap12())
            }

            /// The same, which sends a header with every request: whole elements, such as the UsernameToken of
            /// WS-Security.
            #[must_use]
            $visibility fn with_header(self, header: $crate::AnyXml) -> Self {
                Self(self.0.with_header(header))
            }
        }
    };
}

/// The functions that make a client for an endpoint.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __soap_connect {
    () => {
        /// The client of the service whose endpoint is at `address`, a URL without `?wsdl`.
        ///
        /// # Errors
        /// If that is no URL of HTTP or HTTPS. Whether anybody is there, only a call shows.
        pub fn connect(
            address: impl ::core::convert::Into<::std::string::String>,
        ) -> ::core::result::Result<Self, $crate::client::CallError> {
            Self::connect_with(address, ::core::default::Default::default())
        }

        /// The same with another timeout, say.
        ///
        /// # Errors
        /// As those of `connect`.
        pub fn connect_with(
            address: impl ::core::convert::Into<::std::string::String>,
            options: $crate::client::HttpOptions,
        ) -> ::core::result::Result<Self, $crate::client::CallError> {
            let http = $crate::client::Http::new(address, options);
            ::core::result::Result::map(http, <Self as $crate::client::ServiceClient>::over)
        }
    };
}

/// Without the feature `client` there is nothing that speaks HTTP.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __soap_connect {
    () => {};
}
